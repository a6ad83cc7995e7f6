#!/bin/sh
# centosFiles.sh RELEASE: makes the files of a CentOS server, 6 or 7 as RELEASE says, in a root that is a throw-away copy of another system.
set -eu
release=$1

rm -rf /etc/os-release /usr/lib/os-release /etc/debian_version /etc/lsb-release /lib/modules/* /usr/src/* /var/lib/rpm /var/lib/dkms
rm -f /.dockerenv /usr/bin/apt-get /usr/bin/dpkg-query /usr/bin/apt-cache /usr/sbin/dkms /etc/modules-load.d/toa.conf
case $release in
  *.el6.*)
    # Without systemd, and before os-release.
    echo 'CentOS release 6.10 (Final)' >/etc/centos-release
    rm -f /usr/bin/systemctl
    ;;
  *)
    printf 'NAME="CentOS Linux"\nID="centos"\nID_LIKE="rhel fedora"\nVERSION_ID="7"\nPRETTY_NAME="CentOS Linux 7 (Core)"\n' >/etc/os-release
    echo 'CentOS Linux release 7.9.2009 (Core)' >/etc/centos-release
    ;;
esac

mv /usr/bin/uname /usr/lib/real-uname
printf '#!/bin/sh\nif [ "$*" = -r ]; then echo %s; else exec /usr/lib/real-uname "$@"; fi\n' "$release" >/usr/bin/uname
cp -L /usr/bin/dnf /usr/lib/real-dnf
rm /usr/bin/dnf /usr/bin/dnf-3
echo '%_dbpath /var/lib/rpm' >/root/.rpmmacros
printf '#!/bin/sh\nexec /usr/lib/real-dnf --releasever=7 --setopt=reposdir=/etc/yum.repos.d "$@"\n' >/usr/bin/yum
chmod 755 /usr/bin/uname /usr/bin/yum

mkdir -p "/lib/modules/$release/kernel" /boot /usr/src/kernels
ln -s "/usr/src/kernels/$release" "/lib/modules/$release/build"
: >"/boot/vmlinuz-$release"
: >"/lib/modules/$release/modules.order"
: >"/lib/modules/$release/modules.builtin"
depmod -a "$release"

# package DIRECTORY NAME VERSION REVISION HEADER [LINK TARGET]: a package with these lines in its header, which holds one link or nothing.
package() {
  {
    printf 'Name: %s\nVersion: %s\nRelease: %s\nSummary: test\nLicense: MIT\n%s\n' "$2" "$3" "$4" "$5"
    printf '%%description\ntest\n%%install\nmkdir -p %%{buildroot}\n'
    if [ $# -gt 5 ]; then printf 'mkdir -p %%{buildroot}%s\nln -s %s %%{buildroot}%s\n' "${6%/*}" "$7" "$6"; fi
    printf '%%files\n%s\n' "${6:-}"
  } >/tmp/package.spec
  rpmbuild -bb --quiet --target x86_64 --define "_rpmdir $1" --define '_build_id_links none' /tmp/package.spec >/tmp/rpmbuild.log 2>&1 ||
    { cat /tmp/rpmbuild.log /tmp/package.spec >&2; exit 1; }
}

base=/srv/base archive=/srv/archive vendor=/srv/vendor
mkdir -p "$base" "$archive" "$vendor"
for name in dracut linux-firmware xfsprogs kmod kexec-tools; do
  package /srv/old "$name" 1 1 ''
  package "$base" "$name" 2 1 ''
done
version=${release%%-*}
revision=${release#*-}
package "$archive" kernel-devel "$version" "${revision%.x86_64}" "Provides: kernel-devel-uname-r = $release" \
  "/usr/src/kernels/$release" /mnt/tree
# Vendors' kernels, as the guides have them: the one for CentOS 7 does not take the old tools.
package "$vendor" kernel 2.6.32 696.el6.toa ''
package "$vendor" kernel 3.10.0 693.el7.toa \
  'Conflicts: dracut < 2, linux-firmware < 2, xfsprogs < 2, kmod < 2, kexec-tools < 2'
rpm --initdb
rpm -i --nodeps /srv/old/x86_64/*.rpm
createrepo_c --quiet "$base"
createrepo_c --quiet "$archive"
rm -rf /etc/yum.repos.d
mkdir /etc/yum.repos.d
printf '[%s]\nname=%s\nbaseurl=file://%s\ngpgcheck=0\n' base base "$base" >/etc/yum.repos.d/base.repo
printf '[%s]\nname=%s\nbaseurl=file://%s\ngpgcheck=0\nenabled=1\n' vault vault "$archive" >/etc/yum.repos.d/vault.repo
