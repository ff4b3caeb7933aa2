// A clock that goes on while the tab is hidden.
onmessage = ({ data }) => setInterval(() => postMessage(0), data);
