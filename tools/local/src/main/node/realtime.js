// The Realtime Database of the local stack: firebase-server, changed while it is loaded.
// usage: node realtime.js <folder with node_modules> <port> <database.rules.json or "-">
'use strict';
const fs = require('fs');
const http = require('http');
const path = require('path');
const Module = require('module');

const [modules, port, rulesFile] = process.argv.slice(2);
const load = Module.createRequire(path.join(modules, 'package.json'));

// What firebase-server lacks. Each text must occur exactly once, so that another version is noticed.
const CHANGES = [
  // The Admin SDKs sign in as "owner" when they speak to an emulator: rules do not hold for them.
  ["if (server.authSecret === credential) {", "if (credential === 'owner') {\n                ws.owner = true;"],
  ["const result = server.targaryen.as(authData()).read(path);",
   "if (ws.owner) { return; }\n            const result = server.targaryen.as(authData()).read(path);"],
  ["const result = server.targaryen.as(authData()).update(path, newData, now);",
   "const result = server.judge(ws.owner, authData(), (db) => db.update(path, newData, now));"],
  ["const result = server.targaryen.as(authData()).write(path, newData, now);",
   "const result = server.judge(ws.owner, authData(), (db) => db.write(path, newData, now));"],
  // Listeners go when their client stops listening or leaves.
  ["fbRef.on('value', (snap) => {", "ws.heard.push({ path, ref: fbRef, callback: fbRef.on('value', (snap) => {"],
  ["            });\n        }\n        function handleUpdate", "            }) });\n        }\n        function handleUpdate"],
  ["ws.on('message', (data) => {",
   "ws.heard = [];\n        ws.on('close', () => ws.heard.forEach((h) => h.ref.off('value', h.callback)));\n        ws.on('message', (data) => {"],
  // Requests that were never answered: get, stop listening, sign out, statistics.
  ["if (parsed.d.a === 'auth' || parsed.d.a === 'gauth') {",
   `if (parsed.d.a === 'g') {
                    try {
                        tryRead(requestId, path.path);
                        exportData(fbRef).then((d) => send({ d: { r: requestId, b: { s: 'ok', d } }, t: 'd' }));
                    } catch (e) { log(e); }
                }
                if (parsed.d.a === 'n' || parsed.d.a === 'u') {
                    const gone = ws.heard.filter((h) => h.path === path.path);
                    gone.forEach((h) => h.ref.off('value', h.callback));
                    ws.heard = ws.heard.filter((h) => !gone.includes(h));
                }
                if (parsed.d.a === 'unauth' || parsed.d.a === 'gunauth') {
                    authToken = null;
                    ws.owner = false;
                }
                if (['n', 'u', 'unauth', 'gunauth', 's'].includes(parsed.d.a)) {
                    send({ d: { r: requestId, b: { s: 'ok', d: '' } }, t: 'd' });
                }
                if (parsed.d.a === 'auth' || parsed.d.a === 'gauth') {`],
];

const target = load.resolve('firebase-server');
const plain = Module._extensions['.js'];
Module._extensions['.js'] = (module, filename) => {
  if (filename !== target) {
    return plain(module, filename);
  }
  let source = fs.readFileSync(filename, 'utf8').replaceAll('\r\n', '\n');
  for (const [from, to] of CHANGES) {
    if (source.split(from).length !== 2) {
      throw new Error(`firebase-server is not the version that was tried: ${from}`);
    }
    source = source.replace(from, () => to);
  }
  return module._compile(source, filename);
};

const FirebaseServer = load('firebase-server');
const jwt = load('jwt-simple');
const OPEN = { rules: { '.read': true, '.write': true } };
const rules = rulesFile === '-' ? OPEN : JSON.parse(fs.readFileSync(rulesFile, 'utf8'));

// The owner's writes pass the rules, but what the rules see of the data must follow them. Only the
// data is taken over: the result also holds who wrote it, and under which rules.
FirebaseServer.prototype.judge = function judge(owner, auth, write) {
  const result = write(owner ? this.targaryen.with({ rules: OPEN }) : this.targaryen.as(auth));
  return {
    allowed: result.allowed,
    info: result.info,
    newDatabase: result.allowed ? this.targaryen.with({ data: result.newDatabase.root }) : this.targaryen,
  };
};

function authOf(token) {
  if (!token) {
    return null;
  }
  const claims = jwt.decode(token, '', true);
  return { provider: claims.provider_id, token: claims, uid: claims.user_id || claims.sub };
}

// REST, under the same rules: {path}.json, GET, PUT, PATCH and DELETE.
async function rest(request, response) {
  const url = new URL(request.url, 'http://127.0.0.1');
  const answer = (status, value) => {
    response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(value));
  };
  if (url.pathname === '/') {
    return answer(200, { realtimeDatabase: 'local' });
  }
  if (!url.pathname.endsWith('.json')) {
    return answer(404, { error: 'Append .json to your request URI to use the REST API.' });
  }
  const at = decodeURIComponent(url.pathname.slice(1, -'.json'.length));
  const bearer = (request.headers.authorization || '').replace(/^Bearer /, '');
  const credential = bearer || url.searchParams.get('auth') || url.searchParams.get('access_token');
  const owner = credential === 'owner';
  let auth;
  try {
    auth = owner ? null : authOf(credential);
  } catch (e) {
    return answer(401, { error: 'Could not parse auth token.' });
  }
  const ref = at ? database.baseRef.child(at) : database.baseRef;
  if (request.method === 'GET') {
    if (!owner && !database.targaryen.as(auth).read(at).allowed) {
      return answer(401, { error: 'Permission denied' });
    }
    return answer(200, await database.getValue(ref));
  }
  if (!['PUT', 'PATCH', 'DELETE'].includes(request.method)) {
    return answer(405, { error: 'Method not allowed' });
  }
  let text = '';
  for await (const chunk of request) {
    text += chunk;
  }
  let value;
  try {
    value = request.method === 'DELETE' ? null : JSON.parse(text);
  } catch (e) {
    return answer(400, { error: 'Invalid data; couldn\'t parse JSON object.' });
  }
  const patch = request.method === 'PATCH';
  const now = Date.now();
  const result = database.judge(owner, auth, (db) => (patch ? db.update(at, value, now) : db.write(at, value, now)));
  if (!result.allowed) {
    return answer(401, { error: 'Permission denied' });
  }
  database.targaryen = result.newDatabase;
  // Not awaited: the database inside is offline and holds the write itself, so nobody confirms it.
  void (patch ? ref.update(value) : ref.set(value));
  return answer(200, value);
}

const server = http.createServer((request, response) =>
  rest(request, response).catch((e) => {
    response.writeHead(500);
    response.end(String(e));
  }));
let database;
server.listen(Number(port), '127.0.0.1', () => {
  database = new FirebaseServer({ server }, `127.0.0.1:${port}`);
  database.setRules(rules);
});

// The parent holds the other end of this pipe: when it is gone, so are we.
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
process.on('SIGTERM', () => process.exit(0));
