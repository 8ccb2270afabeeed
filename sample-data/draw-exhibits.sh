#!/bin/sh
# Draws the further screenshots of the sample case from case/exhibits/exhibits.tsv: incoming calls, missed calls and a
# list of calls, as several makes of phone show them. Needs ImageMagick and the DejaVu fonts. The pictures are
# committed; run this only after the generator has changed the table.
set -eu
export LC_ALL=C.UTF-8
cd "$(dirname "$0")/case/exhibits"
rm -f ./*.png
tab=$(printf '\t')
# Fields may be empty, and the shell joins tabs that stand together: another mark keeps them apart.
tail -n +2 exhibits.tsv | tr "$tab" '|' | while IFS='|' read -r file shows label number clock _; do
    bar="-font DejaVu-Sans -fill #e8eef4 -gravity NorthWest -pointsize 20 -annotate +24+16 $clock"
    case $shows in
    incoming)
        initial=$(printf '%s' "$label" | sed 's/^ООО //; s/^ПКО «//' | sed 's#^\(.\).*#\1#')
        # shellcheck disable=SC2086
        convert -size 480x960 xc:'#101418' $bar \
            -gravity North -pointsize 22 -fill '#9fb3c6' -annotate +0+110 'Входящий звонок' \
            -fill '#7a4b8f' -draw 'circle 240,280 240,205' -fill '#ffffff' -pointsize 56 -annotate +0+248 "$initial" \
            -font DejaVu-Sans-Bold -pointsize 32 -annotate +0+410 "$label" \
            -font DejaVu-Sans -pointsize 26 -fill '#c7d4e0' -annotate +0+470 "$number" \
            -fill '#27ae60' -draw 'circle 240,820 240,768' -fill '#e8eef4' -pointsize 18 -annotate +0+890 'Смахните вверх' \
            -strip +dither -colors 24 -define png:compression-level=9 -define png:exclude-chunks=date,time "$file" ;;
    missed)
        # shellcheck disable=SC2086
        convert -size 480x960 xc:'#20303c' $bar \
            -fill '#f2f4f6' -draw 'roundrectangle 20,80 460,210 18,18' -fill '#c0392b' -draw 'circle 64,145 64,123' \
            -gravity NorthWest -fill '#20262b' -font DejaVu-Sans-Bold -pointsize 22 -annotate +104+104 'Пропущенный вызов' \
            -font DejaVu-Sans -pointsize 19 -annotate +104+138 "$label" -fill '#5a6670' -annotate +104+168 "$number" \
            -strip +dither -colors 24 -define png:compression-level=9 -define png:exclude-chunks=date,time "$file" ;;
    list)
        dark=$(printf '%s' "$bar" | sed 's/#e8eef4/#20262b/')
        # shellcheck disable=SC2086
        convert -size 480x960 xc:'#fafafa' $dark -fill '#20262b' -font DejaVu-Sans-Bold -gravity NorthWest \
            -pointsize 30 -annotate +24+70 'Недавние' -font DejaVu-Sans -pointsize 22 \
            -fill '#c0392b' -annotate +24+150 "$label" -annotate +24+250 "$label" -annotate +24+350 "$label" \
            -fill '#5a6670' -pointsize 18 -annotate +24+182 "$number, пропущенный" \
            -annotate +24+282 "$number, пропущенный" -annotate +24+382 "$number, пропущенный" \
            -strip +dither -colors 24 -define png:compression-level=9 -define png:exclude-chunks=date,time "$file" ;;
    *) continue ;;
    esac
    printf '%s\n' "$file"
done
