# Header packages in a repository on the machine itself, and no other repository. Read by the scripts of headers.ts.
# offer RELEASE...: takes the headers of these releases off the machine and offers them as packages.
offer() {
    mkdir -p /srv/repository
    for release; do
        package=/tmp/linux-headers-$release
        mkdir -p "$package/DEBIAN" "$package/usr/src" "$package/usr/lib/modules/$release"
        mv "/usr/src/linux-headers-$release" "$package/usr/src/"
        rm -rf "/lib/modules/$release/build"
        ln -s "/usr/src/linux-headers-$release" "$package/usr/lib/modules/$release/build"
        printf 'Package: linux-headers-%s\nVersion: 1\nArchitecture: amd64\nMaintainer: nobody\nDescription: headers\n' "$release" \
            >"$package/DEBIAN/control"
        dpkg-deb -Znone --build "$package" /srv/repository >/dev/null
        rm -rf "$package"
    done
    for deb in /srv/repository/*.deb; do
        dpkg-deb -f "$deb"
        printf 'Filename: ./%s\nSize: %s\n' "${deb##*/}" "$(stat -c %s "$deb")"
        printf 'SHA256: %s\n\n' "$(sha256sum "$deb" | cut -d' ' -f1)"
    done >/srv/repository/Packages
    rm -rf /etc/apt/sources.list /etc/apt/sources.list.d/* /var/lib/apt/lists/*
    echo 'deb [trusted=yes] file:/srv/repository ./' >/etc/apt/sources.list
    apt-get update >/dev/null
}

# keep_only [RELEASE]: leaves the headers of one release, or none.
keep_only() {
    for one in /lib/modules/* /usr/src/linux-headers-*amd64; do
        case ${one##*/} in "$1" | "linux-headers-$1") ;; *) rm -rf "$one" ;; esac
    done
}

# The running kernel is an installed one.
install_kernel() {
    mkdir -p "/lib/modules/$1/kernel"
    touch "/boot/vmlinuz-$1"
}
