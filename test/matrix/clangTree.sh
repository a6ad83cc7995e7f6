#!/bin/sh
# clangTree.sh TREE CLANG_MAJOR
# No Debian kernel is built with clang. This makes of a copy of a header tree what configuring it with clang would have:
# what the configuration says of the compiler, and nothing else.
set -eu
cd "$1"
# Debian names its gcc here.
: >.kernelvariables
gcc_only='GCC_PLUGIN|CC_HAS_MIN_FUNCTION_ALIGNMENT|FTRACE_MCOUNT_USE_CC|HAVE_RETHUNK|CC_HAS_NAMED_AS|USE_X86_SEG_SUPPORT'
sed -E -i "/$gcc_only/d
	s/CC_IS_GCC/CC_IS_CLANG/
	s/(CONFIG_GCC_VERSION[= ]).*/\\10/
	s/(CONFIG_CLANG_VERSION[= ]).*/\\1${2}0000/
	s/-Wimplicit-fallthrough=5/-Wimplicit-fallthrough/" \
	.config include/config/auto.conf include/generated/autoconf.h
