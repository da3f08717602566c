// A webhook receiver as one is usually built: Express, the official SDK's check (awaited), a WebSocket for
// the inbox in the browser. With a database file as second argument every event is durable before its 200.
//   node receiver.mjs PUBLIC_KEY [DATABASE]
// Prints one JSON line with its port when it is ready.
import { createServer } from 'node:http';
import express from 'express';
import Telnyx from 'telnyx';
import { WebSocketServer } from 'ws';

const [publicKey, database] = process.argv.slice(2);
const client = new Telnyx({ apiKey: 'not used', publicKey });

let store = () => {};
if (database) {
  const { default: Sqlite } = await import('better-sqlite3');
  const file = new Sqlite(database);
  file.pragma('journal_mode = WAL');
  file.pragma('synchronous = FULL');
  file.exec('CREATE TABLE event (id TEXT PRIMARY KEY, received_at INTEGER, body TEXT)');
  const insert = file.prepare('INSERT OR IGNORE INTO event VALUES (?, ?, ?)');
  store = (id, body) => insert.run(id, Date.now(), body);
}

const app = express();
const server = createServer(app);
const inbox = new WebSocketServer({ server });
app.post('/webhooks/telnyx', express.raw({ type: 'application/json', limit: '1mb' }), async (request, response) => {
  try {
    const body = request.body.toString();
    const event = await client.webhooks.unwrap(body, { headers: request.headers });
    store(event.data.id, body);
    response.sendStatus(200);
    for (const socket of inbox.clients) socket.send(body);
  } catch {
    response.sendStatus(400);
  }
});
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ ready: true, port: server.address().port })));
