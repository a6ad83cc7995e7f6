import { message } from '../core/message';

/** The option that names another configuration of ssh. */
export const SSH_CONFIG = {
  'ssh-config': { type: 'string', value: 'FILE', about: message('the configuration of ssh, instead of ~/.ssh/config') },
} as const;

/** The options that choose the host. */
export const WHERE = {
  host: {
    type: 'string',
    value: 'NAME',
    about: message('work on this host by ssh: a name of ~/.ssh/config, a host name, or user@host'),
  },
  ...SSH_CONFIG,
} as const;

/** Where headers may lie, beside the places that every system has. */
export const HEADERS = {
  headers: {
    type: 'string',
    multiple: true,
    value: 'DIR',
    about: message('look for kernel headers in this directory too; may be given several times'),
  },
} as const;

/** For other programs. */
export const AS_JSON = {
  json: { type: 'boolean', about: message('write one JSON value') },
} as const;

/** The kernel to build or install for. */
export const KERNEL = {
  kernel: {
    type: 'string',
    value: 'RELEASE',
    about: message('for this kernel, instead of the one that is chosen by itself'),
  },
} as const;

/** Changes what it changes without a question. */
export const YES = {
  yes: { type: 'boolean', about: message('ask nothing') },
} as const;
