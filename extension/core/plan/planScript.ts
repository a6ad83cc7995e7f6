import type { Say } from '../message';
import { copyText, type Action, type Step } from './step';

/** Steps as one sh script for root, to be read and run elsewhere: it stops at the first failure. What only a person can do is a comment in it. */
export function planScript(title: string, steps: readonly Step[], say: Say): string {
  const head = ['#!/bin/sh', comment(title), 'set -e'];
  return `${[...head, ...steps.map((step, index) => stepScript(step, index + 1, say))].join('\n')}\n`;
}

function stepScript(step: Step, number: number, say: Say): string {
  const commands = step.actions.map(actionScript).join('\n');
  const why = step.skip === undefined ? [] : [comment(say(step.skip))];
  const body = step.skip === undefined && step.byHand !== true ? commands : comment(commands);
  return ['', comment(`${String(number)}. ${say(step.title)}`), ...why, body].join('\n');
}

/** In a shell of its own where it changes the directory. */
function actionScript(action: Action): string {
  return action.directory === undefined ? copyText(action) : `(\n${copyText(action)}\n)`;
}

function comment(text: string): string {
  return text.replace(/^/gm, '# ');
}
