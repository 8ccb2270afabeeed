#!/bin/sh
# Draws the screenshots of the sample case from case/shots/shots.tsv: a phone's screen during an incoming call, with
# the label, the number and the clock. Needs ImageMagick and the DejaVu fonts. The pictures are committed; run this
# only after the generator has changed the table.
set -eu
# The first letter of a label is a letter, not a byte.
export LC_ALL=C.UTF-8
cd "$(dirname "$0")/case/shots"
rm -f Screenshot_*.png
tab=$(printf '\t')
tail -n +2 shots.tsv | while IFS="$tab" read -r file label number clock; do
    initial=$(printf '%s' "$label" | sed 's/^ООО //; s/^ПКО «//' | sed 's#^\(.\).*#\1#')
    convert -size 540x1140 xc:'#16222e' \
        -font DejaVu-Sans -fill '#e8eef4' \
        -gravity NorthWest -pointsize 22 -annotate +28+18 "$clock" \
        -gravity NorthEast -pointsize 20 -annotate +28+20 'LTE  78 %' \
        -gravity North -pointsize 24 -fill '#9fb3c6' -annotate +0+120 'Входящий вызов' \
        -fill '#35506b' -draw 'circle 270,330 270,240' \
        -fill '#e8eef4' -pointsize 64 -annotate +0+292 "$initial" \
        -font DejaVu-Sans-Bold -pointsize 38 -annotate +0+480 "$label" \
        -font DejaVu-Sans -pointsize 30 -fill '#c7d4e0' -annotate +0+550 "$number" \
        -fill '#c0392b' -draw 'circle 140,960 140,900' -fill '#27ae60' -draw 'circle 400,960 400,900' \
        -fill '#e8eef4' -pointsize 20 -gravity NorthWest -annotate +84+1040 'Отклонить' -annotate +352+1040 'Ответить' \
        -strip +dither -colors 32 -define png:compression-level=9 -define png:exclude-chunks=date,time "$file"
    printf '%s\n' "$file"
done
