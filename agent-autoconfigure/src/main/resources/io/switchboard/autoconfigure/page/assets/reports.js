// Crash reports and traces.

import { el, time } from './dom.js';
import { facts, readable } from './facts.js';

export function crashReports(reports) {
  if (reports.length === 0) {
    return [el('p', { class: 'nothing' }, 'No crash is on record.')];
  }
  return reports.map((report) => {
    const { reason, at, incarnation, context, ...rest } = report;
    return el('details', { class: 'report', 'data-key': `${at} ${incarnation} ${context}` },
      el('summary', {}, el('time', { datetime: at }, time(at)), ' ', el('b', {}, reason.text),
        el('span', { class: 'dim' }, ` life ${incarnation}, ${context}`)),
      facts({ ...rest, 'child': report.path }), causes(reason.failure));
  });
}

function causes(failure) {
  const lines = [];
  for (let each = failure; each; each = each.cause) {
    lines.push((lines.length ? 'Caused by: ' : '') + each.type + (each.text ? `: ${each.text}` : ''),
      ...each.stackTrace.map((frame) => `    at ${frame}`));
  }
  return lines.length ? el('pre', { tabindex: 0 }, lines.join('\n')) : null;
}

export function trace(entries) {
  if (!entries || entries.length === 0) {
    return el('p', { class: 'nothing' }, 'Nothing is traced. While the trace is on, what comes to the agent is listed here.');
  }
  return el('table', { class: 'trace' },
    el('thead', {}, el('tr', {}, ['time', 'what', 'message', 'from or to', 'took'].map((name) => el('th', {}, name)))),
    el('tbody', {}, [...entries].reverse().map((entry) => el('tr', {},
      el('td', {}, time(entry.at)), el('td', {}, entry.kind), el('td', { title: entry.type }, short(entry.type)),
      el('td', {}, entry.peer ?? ''), el('td', {}, entry.took ? readable(entry.took) : '')))));
}

function short(type) {
  return type ? type.slice(type.lastIndexOf('.') + 1) : '';
}
