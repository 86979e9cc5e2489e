// Talks to the server. All addresses are relative to the page, so it works below any path.

export class Problem extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

export async function get(path, parameters = {}) {
  const query = new URLSearchParams(parameters);
  const response = await fetch(`api/${path}?${query}`, { headers: { Accept: 'application/json' } });
  return response.ok ? response.json() : fail(response);
}

export async function post(address, body, headers = {}) {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...csrf(), ...headers },
    body: JSON.stringify(body),
  });
  return response.ok ? response : fail(response);
}

async function fail(response) {
  let detail = `The server answered ${response.status}.`;
  try {
    const problem = await response.json();
    detail = problem.detail || problem.title || detail;
  } catch {
    // not a problem that tells more
  }
  throw new Problem(response.status, detail);
}

// Spring Security's token, where the application keeps it in a cookie
function csrf() {
  const cookie = document.cookie.split('; ').find((each) => each.startsWith('XSRF-TOKEN='));
  return cookie ? { 'X-XSRF-TOKEN': decodeURIComponent(cookie.slice('XSRF-TOKEN='.length)) } : {};
}

// Reads server-sent events from a response, which EventSource cannot do of a POST
export async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  let event = {};
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return;
    }
    text += value;
    const lines = text.split('\n');
    text = lines.pop();
    for (const line of lines) {
      const [, field, content] = /^(\w*):? ?(.*?)\r?$/.exec(line) ?? [];
      if (line.trim() === '') {
        if (event.data !== undefined) {
          yield { ...event, data: JSON.parse(event.data) };
        }
        event = {};
      } else if (field === 'data') {
        event.data = (event.data === undefined) ? content : `${event.data}\n${content}`;
      } else if (field) {
        event[field] = content;
      }
    }
  }
}
