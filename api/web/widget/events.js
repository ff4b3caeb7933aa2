/** An answer that says no; `text` is the server's sentence for the customer. */
const refusal = (status, after, text) =>
  Object.assign(new Error(`Answered ${status}`), { status, after, text, gone: /40[134]|410/.test(status) });

/** Reads server-sent events from pieces of text that may be cut anywhere. */
const eventReader = (heard) => {
  let rest = '';
  let name = '';
  let data = [];
  return (piece) => {
    rest += piece;
    // A CR at the end may be half of a CRLF: it waits.
    for (let end; (end = /\r\n|\n|\r(?!$)/.exec(rest)); ) {
      const line = rest.slice(0, end.index);
      rest = rest.slice(end.index + end[0].length);
      const [, field, value] = /^([^:]*):? ?([^]*)$/.exec(line); // A comment has an empty field.
      if (field === 'data') data.push(value);
      if (field === 'event') name = value;
      if (line) continue;
      if (data.length) heard(name, data.join('\n'));
      data = [];
      name = '';
    }
  };
};
