// Knows which node is in which line without having a line for each.

const PAGE = 100;

// The children of one node, as far as they were read
export class Branch {

  constructor(path, read) {
    this.path = path;
    this.read = read;
    this.open = false;
    this.loaded = false;
    this.total = 0;
    this.cut = false;
    this.paths = [];
    this.indexes = new Map();
    this.loading = new Map();
  }

  static pageOf(index) {
    return Math.floor(index / PAGE);
  }

  pathAt(index) {
    return this.paths[index];
  }

  // Reads a page, unless that is under way or, if not to be read again, was done
  load(page, again) {
    const known = this.loading.get(page);
    if (known && (known.busy || !again)) {
      return known.busy ? Promise.resolve(null) : known.promise.then(() => null);
    }
    const state = { busy: true };
    this.loading.set(page, state);
    state.promise = this.read(page * PAGE, PAGE).then((list) => {
      state.busy = false;
      this.keep(list);
      return list.rows;
    }, (ex) => {
      this.loading.delete(page);
      throw ex;
    });
    return state.promise;
  }

  keep(list) {
    this.loaded = true;
    this.cut = list.cut;
    this.resize(list.total);
    list.rows.forEach((row, index) => this.put(list.offset + index, row.path));
  }

  put(index, path) {
    const before = this.paths[index];
    if (before !== undefined && before !== path && this.indexes.get(before) === index) {
      this.indexes.delete(before);
    }
    this.paths[index] = path;
    this.indexes.set(path, index);
  }

  resize(total) {
    this.total = total;
    if (this.paths.length > total) {
      this.paths.slice(total).forEach((path) => this.indexes.delete(path));
      this.paths.length = total;
    }
  }

}

// All lines, as stretches of children
export class Layout {

  constructor(trunk, branches) {
    this.stretches = [];
    this.length = 0;
    if (trunk) {
      this.add(trunk, 0, branches);
      if (!trunk.loaded) {
        this.stretch(trunk, 0, 0, 0);
      }
    }
  }

  add(branch, depth, branches) {
    const open = [];
    branches?.forEach((child, path) => {
      const index = branch.indexes.get(path);
      if (child.open && child !== branch && index !== undefined && index < branch.total) {
        open.push([index, child]);
      }
    });
    let from = 0;
    for (const [index, child] of open.sort((a, b) => a[0] - b[0])) {
      this.stretch(branch, from, index, depth);
      if (child.loaded) {
        this.add(child, depth + 1, branches);
      } else {
        this.stretch(child, 0, 0, depth + 1);
      }
      from = index + 1;
    }
    this.stretch(branch, from, branch.total - 1, depth);
  }

  stretch(branch, from, to, depth) {
    if (to >= from) {
      this.stretches.push({ start: this.length, branch, from, to, depth });
      this.length += to - from + 1;
    }
  }

  at(line) {
    let low = 0;
    let high = this.stretches.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const { start, branch, from, to, depth } = this.stretches[middle];
      if (line < start) {
        high = middle - 1;
      } else if (line > start + to - from) {
        low = middle + 1;
      } else {
        return { branch, index: from + line - start, depth };
      }
    }
    return null;
  }

  pathAt(line) {
    const place = this.at(line);
    return place?.branch.pathAt(place.index);
  }

  // The line of a node, -1 if it has none
  find(path) {
    for (const { start, branch, from, to } of this.stretches) {
      const index = branch.indexes.get(path);
      if (index !== undefined && index >= from && index <= to) {
        return start + index - from;
      }
    }
    return -1;
  }

}
