# rpmFits.sh FILE: whether the package in FILE is installed, or can be without a conflict.
name=$(rpm -qp --nosignature --qf '%{NAME}-%{VERSION}-%{RELEASE}.%{ARCH}' "$1" 2>/dev/null) || exit 1
rpm -q --quiet "$name" || rpm -i --test --oldpackage --nosignature "$1"
