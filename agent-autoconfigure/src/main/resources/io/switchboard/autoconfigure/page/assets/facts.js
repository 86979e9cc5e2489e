// Writes what Actuator tells of a node as a table, also what this page has never heard of.

import { el, span, time } from './dom.js';

const ELSEWHERE = ['path', 'children', 'crashReports', 'trace', 'next'];

const NAMES = {
  incarnation: 'life',
  childCount: 'children',
  lastExit: 'last exit',
  restartingUntil: 'restarts at',
  restartsInWindow: 'budget spent',
  maxRestarts: 'budget',
  within: 'budget period',
  oldest: 'first waits for',
};

export function facts(node) {
  const table = el('dl', { class: 'facts' });
  add(table, '', node);
  return table;
}

function add(table, above, object) {
  for (const [key, value] of Object.entries(object)) {
    if (value === null || (!above && ELSEWHERE.includes(key))) {
      continue;
    }
    const own = NAMES[key] ?? key.replace(/([A-Z])/g, ' $1').toLowerCase();
    const name = above ? `${above}: ${own}` : own;
    if (key === 'lastExit') {
      table.append(el('dt', {}, name), el('dd', {}, `${value.reason} at ${time(value.at)}`));
    } else if (Array.isArray(value)) {
      value.forEach((each, at) => (typeof each === 'object') ? add(table, `${name} ${at + 1}`, each) : row(table, name, each));
    } else if (typeof value === 'object') {
      add(table, name, value);
    } else {
      row(table, name, value);
    }
  }
}

function row(table, name, value) {
  table.append(el('dt', {}, name), el('dd', {}, readable(value)));
}

// Dates and durations come as ISO 8601
export function readable(value) {
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
