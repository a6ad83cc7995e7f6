#!/bin/sh
# clangTree.sh TREE CLANG_MAJOR PLACE
# No Debian kernel is built with clang. This makes of a copy of a header tree what configuring it with clang would have:
# what the configuration says of the compiler, and nothing else. PLACE is where make will see it: the Makefile of 7.x names it.
set -eu
cd "$1"
# Debian names its gcc here.
: >.kernelvariables
sed -i "s|^KBUILD_OUTPUT=.*|KBUILD_OUTPUT=$3|" Makefile
gcc_only='GCC_PLUGIN|CC_HAS_MIN_FUNCTION_ALIGNMENT|FTRACE_MCOUNT_USE_CC|HAVE_RETHUNK|CC_HAS_NAMED_AS|USE_X86_SEG_SUPPORT|UBSAN_BOUNDS_STRICT'
sed -E -i "/$gcc_only/d
	s/CC_IS_GCC/CC_IS_CLANG/
	s/(CONFIG_GCC_VERSION[= ]).*/\\10/
	s/(CONFIG_CLANG_VERSION[= ]).*/\\1${2}0000/
	s/-Wimplicit-fallthrough=5/-Wimplicit-fallthrough/" \
	.config include/config/auto.conf include/generated/autoconf.h
