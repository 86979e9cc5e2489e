// Writes what Actuator tells of a node as tables, also what this page has never heard of.

import { el, span, time } from './dom.js';

const ELSEWHERE = ['path', 'status', 'children', 'crashReports', 'trace', 'next'];

const FOLDED = ['specification', 'offender'];

const NAMES = {
  incarnation: 'life',
  childCount: 'children',
  lastExit: 'last exit',
  restartingUntil: 'restarts at',
  restartsInWindow: 'restarts that count',
  maxRestarts: 'restarts allowed',
  within: 'within',
};

// Objects that fit a line
const LINES = {
  lastExit: ({ reason, at }) => `${reason} at ${time(at)}`,
  mailbox: ({ size, capacity, oldest }) => `${readable(size)} of ${readable(capacity)}` + (oldest ? `, the first for ${readable(oldest)}` : ''),
  definition: ({ version }) => `version ${version}`,
  message: ({ type, text }) => text ? `${type}: ${text}` : type,
  state: ({ type, text }) => text ? `${type}: ${text}` : type,
};

export function facts(node) {
  const table = el('dl', { class: 'facts' });
  const groups = [];
  for (const [key, value] of Object.entries(node)) {
    if (value === null || ELSEWHERE.includes(key)) {
      continue;
    }
    if (typeof value !== 'object' || LINES[key] || (Array.isArray(value) && value.every((each) => typeof each !== 'object'))) {
      row(table, name(key), LINES[key] ? LINES[key](value) : readable(value));
    } else if (FOLDED.includes(key)) {
      groups.push(el('details', { class: 'group', 'data-key': key }, el('summary', {}, name(key)), facts(value)));
    } else {
      groups.push(el('section', { class: 'group' }, el('h3', {}, name(key)), facts(value)));
    }
  }
  return el('div', {}, table, groups);
}

function name(key) {
  return NAMES[key] ?? key.replace(/([A-Z])/g, ' $1').toLowerCase();
}

function row(table, term, text) {
  table.append(el('dt', {}, term), el('dd', {}, text));
}

// Dates and durations come as ISO 8601
export function readable(value) {
  if (Array.isArray(value)) {
    return value.map(readable).join(', ');
  }
  if (typeof value !== 'string') {
    return (typeof value === 'number') ? value.toLocaleString('en') : String(value);
  }
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) {
    return new Date(value).toLocaleString('sv');
  }
  const duration = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(value);
  if (duration) {
    const [, hours = 0, minutes = 0, seconds = 0] = duration;
    return span(1000 * (3600 * hours + 60 * minutes + Number(seconds)));
  }
  return value;
}
