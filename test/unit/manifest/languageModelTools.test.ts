// The tools for language models: what package.json tells the editor is what the code has, so that both answer to the same call.
import { expect, test } from 'vitest';
import { TOOLS } from '../../../extension/doctor/tools';
import { strings } from './code';
import { manifest } from './manifest';

test('package.json names the tools of the code, with the same inputs', () => {
  const told = manifest.contributes.languageModelTools.map(({ name, modelDescription, inputSchema }) => ({
    name,
    description: modelDescription,
    inputs: Object.entries(inputSchema.properties).map(([input, { type, description }]) => [input, type, description]),
    required: inputSchema.required,
  }));
  const coded = TOOLS.map(({ name, description, inputs }) => ({
    name,
    description,
    inputs: Object.entries(inputs).map(([input, text]) => [input, 'string', text]),
    required: Object.keys(inputs),
  }));
  expect(told).toEqual(coded);
});

test('the editor registers each of them before their code is loaded', () => {
  const registered = strings.filter((text) => /^toa_[a-z]+$/.test(text));
  expect(registered).toEqual(TOOLS.map(({ name }) => name));
});
