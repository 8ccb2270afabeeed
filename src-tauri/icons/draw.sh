#!/bin/sh
# Draws the icons of the program: three calls, the last of them marked. Needs ImageMagick.
set -eu
cd "$(dirname "$0")"
draw() {
    convert -size 1024x1024 xc:none \
        -fill '#14525a' -draw 'roundrectangle 64,64 959,959 208,208' \
        -fill none -stroke '#cfe3e2' -strokewidth 88 \
        -draw 'stroke-linecap round line 224,720 224,304' \
        -draw 'stroke-linecap round line 396,720 396,488' \
        -draw 'stroke-linecap round line 568,720 568,392' \
        -stroke '#f2b84b' -strokewidth 64 -draw 'circle 776,632 776,720' \
        -filter Lanczos -resize "${1}x${1}" -strip "PNG32:$2"
}
draw 32 32x32.png
draw 128 128x128.png
draw 512 icon.png
