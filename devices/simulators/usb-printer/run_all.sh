#!/bin/bash
# Build and run every umockdev scenario, check the expected line. Exit status 0 = all as expected.
cd "$(dirname "$0")" || exit 2
OUT=${OUT:-$PWD/../../../.build/usb-printer}; make -s OUT="$OUT" all || exit 2; cd "$OUT" || exit 2; fail=0
t() { want=$1; shift; out=$(timeout 30 umockdev-wrapper ./fakeprinter "$@" 2>&1); if grep -qE "$want" <<<"$out"; then echo "ok    $*"; else echo "FAIL  $* (wanted: $want)"; echo "$out" | tail -5; fail=1; fi; }
t 'read -> .* 4 bytes: 3c 00 00 0f'            --driver usblp -- ./usbtest basic      # claim over usblp, DLE EOT, GS I, ASB
t 'claim without detach: LIBUSB_ERROR_BUSY'    --driver usblp -- ./usbtest noauto
t 'claim LIBUSB_ERROR_BUSY'                    --busy -- ./usbtest basic              # another process holds it
t 'open LIBUSB_ERROR_ACCESS'                   --no-perm -- ./usbtest basic           # missing udev rule
t 'NO PRINTER'                                 --absent -- ./usbtest basic
t 'NO PRINTER'                                 --profile epson -- ./usbtest basic     # vendor class: class-7 search misses it
t 'in 00 mps 64'                               --profile uni -- ./usbtest zlp         # no bulk IN
t 'transferred 200000 in'                      -- ./usbtest big 200000
t 'transferred 100000 in'                      --caps 0x13 -- ./usbtest big 100000    # old host: 16 KiB URBs
t 'TIMEOUT transferred 5056'                   --fault nak@5000 -- ./usbtest timeout 20000
t 'TIMEOUT transferred 4096'                   --fault paperout@3000 -- ./usbtest timeout 20000
t 'PIPE transferred 777'                       --fault stall@777 -- ./usbtest stall 20000
t 'IO transferred 1234'                        --fault unplug@1234 -- ./usbtest unplug 20000
t 'hotplug ARRIVED addr 3'                     -- ./usbtest hotplug
t 'TIMEOUT transferred 0'                      --in-block 8 -- ./usbtest inblock 3000  # unread status stops OUT
t 'zlp 1 '                                     -- ./usbtest zlp
exit $fail
