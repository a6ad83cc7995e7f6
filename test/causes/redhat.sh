# Makes the machine a Red Hat server in little: its name, and rpm and dnf with nothing installed. Read by the scripts of packages.ts.
rm -f /etc/os-release /usr/lib/os-release /etc/debian_version
cat >/etc/os-release <<'EOF'
NAME="CentOS Linux"
VERSION_ID="7"
ID="centos"
ID_LIKE="rhel fedora"
PRETTY_NAME="CentOS Linux 7 (Core)"
EOF
rm -rf /var/lib/rpm /root/.rpmdb /etc/yum.repos.d /var/cache/dnf
rm -f /usr/bin/apt /usr/bin/apt-get /usr/bin/apt-cache /usr/bin/dpkg /usr/bin/dpkg-query
# yum is dnf, as on every Red Hat since 8.
ln -sf dnf /usr/bin/yum
mkdir -p /srv/repository /etc/yum.repos.d /tmp/rpm/root /var/lib/rpm
rpm --initdb

# make_package NAME VERSION RELEASE TAGS FILE...: an rpm with files from /tmp/rpm/root, in the repository.
make_package() {
    name=$1 version=$2 release=$3 tags=$4
    shift 4
    {
        printf 'Name: %s\nVersion: %s\nRelease: %s\nSummary: made for a test\nLicense: GPL\n' "$name" "$version" "$release"
        printf 'AutoReqProv: no\n%s\n%%description\nmade for a test\n%%files\n' "$tags"
        printf '%s\n' "$@"
    } >"/tmp/rpm/$name.spec"
    rpmbuild -bb --quiet --target x86_64 --buildroot /tmp/rpm/root --define '_rpmdir /srv/repository' \
        --define '_build_name_fmt %%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm' --define '__os_install_post %{nil}' \
        --define '_binary_payload w0.gzdio' --define 'clean_buildroot %{nil}' --noclean "/tmp/rpm/$name.spec"
}

# files FILE...: makes them for a package.
files() {
    for file; do
        mkdir -p "/tmp/rpm/root$(dirname "$file")"
        echo "$file" >"/tmp/rpm/root$file"
    done
}

# The repository is all that yum knows.
serve() {
    createrepo_c --quiet /srv/repository
    printf '[base]\nname=base\nbaseurl=file:///srv/repository\ngpgcheck=0\n' >/etc/yum.repos.d/base.repo
}
