# rpmHas.sh FILE: whether the package in FILE is installed.
rpm -q --quiet "$(rpm -qp --nosignature --qf '%{NAME}-%{VERSION}-%{RELEASE}.%{ARCH}' "$1" 2>/dev/null)"
