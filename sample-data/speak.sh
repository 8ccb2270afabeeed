#!/bin/sh
# Speaks the recordings of the sample case from case/exhibits/exhibits.tsv: a synthesised voice, filled up with silence
# to the length of the call. Needs espeak-ng and ffmpeg. The recordings are committed; run this only after the
# generator has changed the table.
set -eu
export LC_ALL=C.UTF-8
cd "$(dirname "$0")/case/exhibits"
rm -f ./*.m4a ./*.mp3 ./*.oga ./*.wav
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tab=$(printf '\t')
tail -n +2 exhibits.tsv | tr "$tab" '|' | while IFS='|' read -r file shows label _ _ seconds _; do
    [ "$shows" = recording ] || continue
    case $label in
    *гавань*) said='Здравствуйте. Вас беспокоит коллекторское агентство Серая гавань. У вас есть просроченная задолженность.' ;;
    *ВЕКТОРИЯ*) said='Добрый день. Компания Вектория. Мы поставим вам новые окна со скидкой. Вам удобно говорить?' ;;
    *) said='Алло. Алло. Вы меня слышите?' ;;
    esac
    espeak-ng -v ru -s 165 -w "$work/said.wav" "$said"
    # A second of ringing belongs to what a recorder keeps; more than the call lasted it does not.
    set -- -nostdin -loglevel error -y -i "$work/said.wav" -af apad -t "$seconds" -ac 1 -map_metadata -1 -fflags +bitexact -flags:a +bitexact
    case $file in
    *.m4a) ffmpeg "$@" -ar 16000 -c:a aac -b:a 16k "$work/out.m4a" ;;
    *.mp3) ffmpeg "$@" -ar 16000 -c:a libmp3lame -b:a 16k -write_xing 1 "$work/out.mp3" ;;
    *.oga) ffmpeg "$@" -ar 16000 -c:a libvorbis -q:a 0 -f ogg "$work/out.oga" ;;
    *.wav) ffmpeg "$@" -ar 8000 -c:a adpcm_ima_wav "$work/out.wav" ;;
    esac
    mv "$work/out.${file##*.}" "$file"
    printf '%s\n' "$file"
done
