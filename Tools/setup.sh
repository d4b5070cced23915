#!/bin/sh
# Installs what building (and with "test" also testing) needs on Debian 12; does nothing, and needs
# no network, when it is all there.
set -eu
cd "$(dirname "$0")/.."

build_packages="libsqlite3-dev libusb-1.0-0-dev libfreetype-dev libcrypt-dev pkg-config gcc ca-certificates"
test_packages="openssl chromium fonts-noto-cjk python3-venv umockdev libumockdev-dev hledger beancount"

packages="$build_packages"
[ "${1:-}" = test ] && packages="$packages $test_packages"

missing=""
for package in $packages; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' ||
    missing="$missing $package"
done
if [ -n "$missing" ]; then
  as_root=""
  [ "$(id -u)" = 0 ] || as_root=sudo
  echo "installing:$missing"
  $as_root apt-get update -qq
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing
fi

if [ "${1:-}" = test ] && ! .venv/bin/python -c 'import numpy, PIL, playwright, pytest, yaml, zxingcpp' 2>/dev/null; then
  python3 -m venv .venv
  .venv/bin/python -m pip install -q --disable-pip-version-check -r Tests/requirements.txt
fi
