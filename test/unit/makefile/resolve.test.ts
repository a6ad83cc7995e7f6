import { describe, expect, it } from 'vitest';
import type { Environment } from '../../../extension/core/makefile/environment';
import { siteText } from '../../../extension/core/makefile/kernelSites';
import { parseMakefile } from '../../../extension/core/makefile/parse';
import { expand, resolveBuildDirectory } from '../../../extension/core/makefile/resolve';
import { fixture } from './fixtures';
import { runMake } from './realMake';

const HOST = { unameRelease: '6.1.0-1-amd64', directory: '/home/me/toa' };

function paths(text: string, environment: Environment = HOST): readonly (string | undefined)[] {
  return resolveBuildDirectory(parseMakefile(text), environment).map(({ path }) => path);
}

/** What the value of `RESULT` expands to. */
function result(text: string, environment: Environment = HOST): string | undefined {
  const makefile = parseMakefile(`${text}\nlast: ; $(RESULT)\n`);
  const rule = makefile.statements.at(-1);
  return rule?.kind === 'rule' && rule.recipe ? expand(makefile, rule.recipe, environment)?.slice(1) : undefined;
}

/** What GNU make itself expands `RESULT` to. */
function expandByMake(text: string, args: readonly string[] = []): { printed: string | undefined; directory: string } {
  const { output, directory } = runMake(`${text}\n$(info $(RESULT))\nlast: ;\n`, {
    release: HOST.unameRelease,
    arguments: args,
  });
  return { printed: output.split('\n')[0], directory };
}

describe('expand agrees with GNU make', () => {
  it.each([
    'RESULT = a$$b $(X)\nX = ${Y}\nY = y',
    'X = 1\nRESULT := $(X)\nX = 2',
    'X = 1\nRESULT = $(X)\nX += 2',
    'X := 1\nX += $(Y)\nY = 3\nRESULT = [$(X)]',
    'RESULT ?= 1\nRESULT ?= 2',
    'X = 1\nX +=\nRESULT = [$(X)]',
    'X =\nX += a\nRESULT = [$(X)]',
    'X :=\nX += a\nRESULT = [$(X)]',
    'X += a\nX += b\nRESULT = [$(X)]',
    'X ?=\nX ?= a\nRESULT = [$(X)]',
    'X = a \\\n   b\nRESULT = $(X)',
    'X = v # comment\nRESULT = [$(X)]',
    'X = a\\#b\nRESULT = $(X)',
    'X != uname -r\nRESULT = $(X)',
    'RESULT = $(shell uname -r)/$(shell pwd)/$(CURDIR)/$(PWD)',
    'N = X\nX = 1\nRESULT = $($(N)) $N',
    'RESULT = $(strip  a   b ) $(firstword a b) $(lastword a b) $(word 2,a b) $(words a b)',
    'RESULT = $(subst a,$$x,banana) $(findstring an,banana) $(findstring q,x)',
    'RESULT = $(filter 5.% 6.1,5.4 6.1 7) $(filter-out 5.% 6.1,5.4 6.1 7)',
    'RESULT = $(dir a/b c) $(notdir a/b c/) $(addprefix x,a b) $(addsuffix /y,a b)',
    'RESULT = $(if $(NO),yes,no) $(if x,yes) $(if ,yes) $(or $(NO),,b,c) $(and a,b) $(and a,,b)',
    'RESULT = $(if a,$(subst x,y,x)) $(if a,(b,c),d)',
    'ifeq ($(KERNELRELEASE),)\nRESULT = plain\nelse\nRESULT = kbuild\nendif',
    'ifneq ($(NO),)\nRESULT = a\nelse ifeq (x,x)\nRESULT = b\nelse\nRESULT = c\nendif',
    'ifdef NO\nRESULT = a\nelse ifndef NO\nRESULT = b\nelse ifeq (x,x)\nRESULT = c\nendif',
    'X = 1\nifdef X\nifeq "$(X)" \'1\'\nRESULT = in\nendif\nendif',
    'override X = 1\nX = 2\nRESULT = $(X)',
    'define X\na\nendef\nRESULT = $(X)',
    'X=1\nX:=$(X)2\nRESULT::=$(X)3',
    'V-1 = a\nRESULT = $(V-$(words x))',
    'RESULT = $(UNSET)x$(warning z)y',
  ])('%j', (text) => {
    const { printed, directory } = expandByMake(text);
    expect(result(text, { ...HOST, directory })).toBe(printed);
  });

  it.each([
    ['the command line', { commandLine: { X: 'given' } }, ['X=given']],
    ['nothing', {}, []],
  ])('with %s', (_, environment, args) => {
    const text = 'X = file\nY ?= $(X)\noverride Z = z$(X)\nX += more\nRESULT = $(X) $(Y) $(Z)';
    expect(result(text, environment)).toBe(expandByMake(text, args).printed);
  });

  it('lets the environment win over ?= alone', () => {
    const environment = { ...HOST, variables: { A: 'env', B: 'env' } };
    expect(result('A = file\nB ?= file\nRESULT = $(A) $(B)', environment)).toBe('file env');
  });
});

describe('expand gives up', () => {
  it.each([
    ['on commands it would have to run', 'RESULT = $(shell rm -rf /)'],
    ['on unknown output', 'RESULT = $(shell uname -m)'],
    ['on functions with effects', 'RESULT = $(eval X = 1)$(call f,1)$(file >x)'],
    ['on a variable that refers to itself', 'RESULT = $(X)\nX = $(Y)\nY = $(X)'],
    ['on brackets that are not closed', 'RESULT = $(X'],
    ['on what an included file may set', 'include other.mk\nRESULT = $(X)'],
    ['on a branch it cannot decide', 'ifeq ($(shell cat x),1)\nRESULT = 1\nendif'],
    ['on automatic variables', 'RESULT = $@'],
    ['on files it cannot see', 'RESULT = $(wildcard /x)'],
  ])('%s', (_, text) => {
    expect(result(text)).toBeUndefined();
  });

  it('on growth without end', () => {
    const doubling = Array.from({ length: 60 }, (_, i) => `V${i} = $(V${i + 1})$(V${i + 1})`).join('\n');
    expect(result(`${doubling}\nV60 = x\nRESULT = $(V0)`)).toBeUndefined();
    expect(result(`X := x\n${'X := $(X)$(X)\n'.repeat(200)}RESULT = $(X)`)).toBeUndefined();
  });
});

describe('resolveBuildDirectory', () => {
  it('names the path, the release, the deciding characters and the way to them', () => {
    const makefile = parseMakefile(fixture('plain-assigned.mk'));
    const [tree, ...others] = resolveBuildDirectory(makefile, HOST);
    expect(others).toEqual([]);
    expect(tree).toMatchObject({ path: '/lib/modules/6.1.0-1-amd64/build', release: '6.1.0-1-amd64' });
    expect(tree?.sites.map((site) => siteText(makefile, site))).toEqual(['$(shell uname  -r )']);
    expect(tree?.how).toBe(
      '${KDIR} → KDIR = /lib/modules/${KERNEL_VERSION}/build → KERNEL_VERSION = $(shell uname  -r ) → /lib/modules/6.1.0-1-amd64/build',
    );
  });

  it('leaves out branches that are not taken, and takes what is given', () => {
    const text = fixture('conditional.mk');
    expect(paths(text)).toEqual(['/lib/modules/6.1.0-1-amd64/build']);
    expect(paths(text, { ...HOST, variables: { CROSS: '1' } })).toEqual(['/opt/arm/linux']);
    expect(paths(text, { ...HOST, commandLine: { KHEADERS: '/h' } })).toEqual(['/h']);
    expect(paths(fixture('kernel-doc.mk'), { ...HOST, variables: { KERNELRELEASE: '6.1' } })).toEqual([]);
  });

  it('asks whether paths are there', () => {
    const text = fixture('unknown-condition.mk');
    expect(paths(text)).toEqual([undefined]);
    expect(paths(text, { ...HOST, exists: () => false })).toEqual(['/usr/src/linux']);
    expect(paths(text, { ...HOST, exists: () => true })).toEqual(['/lib/modules/6.1.0-1-amd64/build']);
  });

  it('knows only what the host told', () => {
    expect(paths(fixture('huawei.mk'), {})).toEqual([undefined, undefined]);
    expect(paths(fixture('hard-coded-recipe.mk'), {})).toEqual(['/usr/src/linux']);
  });

  it('makes relative directories absolute, and splits words as the shell does', () => {
    expect(paths('all:\n\tmake -C ../linux M=.\n')).toEqual(['/home/me/toa/../linux']);
    expect(paths('V = 5.4 # x\nall:\n\tmake -C /lib/modules/$(V)/build M=.\n')).toEqual(['/lib/modules/5.4']);
    expect(paths("all:\n\tmake -C '/a b'/`pwd` M=.\n")).toEqual(['/a b//home/me/toa']);
    expect(paths('all:\n\tmake -C "$$HOME/x" M=.\n', { ...HOST, variables: { HOME: '/root' } })).toEqual(['/root/x']);
    expect(paths('all:\n\tmake -C /usr/src/linux-* M=.\n')).toEqual([undefined]);
  });
});
