// What the app does in one evening, written as an app is: with the public Firebase SDK and HTTP.
// Needs a stack that has a catalogue: `./dev up --json up.json`, `./dev seed`, then
//   node session.mjs up.json photo.jpg [exchanges.jsonl]
// Prints one line per thing that a family did; ends with 1 at the first that did not work. The
// optional file gets every exchange with the API, for a check against docs/api/openapi.json.
import assert from 'node:assert/strict';
import { appendFileSync, readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { deleteApp, initializeApp } from 'firebase/app';
import {
  connectAuthEmulator,
  createUserWithEmailAndPassword,
  getAuth,
  inMemoryPersistence,
  initializeAuth,
  signInWithEmailAndPassword,
} from 'firebase/auth';
import { connectDatabaseEmulator, get, getDatabase, onValue, ref } from 'firebase/database';

const [, , stackFile, photoFile, exchangesFile] = process.argv;
const stack = JSON.parse(readFileSync(stackFile, 'utf8'));
const photo = readFileSync(photoFile);
const begin = Date.now();

function done(what) {
  console.log(`${((Date.now() - begin) / 1000).toFixed(1).padStart(6)} s  ${what}`);
}

/** A phone or tablet: its own installation of the SDK, its own sign-in. */
class Device {
  constructor(name) {
    this.name = name;
    this.app = initializeApp({ apiKey: 'sample', projectId: stack.projectId }, name);
    this.auth = initializeAuth(this.app, { persistence: inMemoryPersistence });
    connectAuthEmulator(this.auth, `http://${stack.authHost}`, { disableWarnings: true });
    this.database = getDatabase(
      this.app,
      `http://${stack.databaseHost}?ns=${stack.projectId}-default-rtdb`,
    );
    const [host, port] = stack.databaseHost.split(':');
    connectDatabaseEmulator(this.database, host, Number(port));
  }

  /** One call of the API, signed in if this device is. */
  async call(method, path, { body, headers = {}, expect = [200] } = {}) {
    const user = getAuth(this.app).currentUser;
    const sent = { ...headers };
    if (user) {
      sent.Authorization = `Bearer ${await user.getIdToken()}`;
    }
    if (body !== undefined) {
      sent['Content-Type'] = 'application/json';
    }
    const answer = await fetch(stack.apiUrl + path, {
      method,
      headers: sent,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await answer.text();
    if (exchangesFile) {
      const exchange = {
        method,
        path: path.split('?')[0],
        status: answer.status,
        headers: Object.fromEntries(answer.headers),
        body: text,
      };
      appendFileSync(exchangesFile, JSON.stringify(exchange) + '\n');
    }
    assert.ok(expect.includes(answer.status), `${method} ${path}: ${answer.status} ${text}`);
    return {
      status: answer.status,
      headers: answer.headers,
      body: text && text.startsWith('{') ? JSON.parse(text) : null,
    };
  }
}

async function playable(url, type) {
  const part = await fetch(url, { headers: { Range: 'bytes=0-99' } });
  assert.ok([200, 206].includes(part.status), `${type}: ${part.status}`);
  assert.match(part.headers.get('content-type'), new RegExp(type));
  await part.arrayBuffer();
}

const phone = new Device('phone');
const tablet = new Device('tablet');

// --- before anybody signs in
const shelf = await phone.call('GET', '/api/v1/stories?language=en&limit=3');
assert.ok(shelf.body.stories.length > 0, 'an empty catalogue: run ./dev seed first');
const tag = shelf.headers.get('etag');
const again = await phone.call('GET', '/api/v1/stories?language=en&limit=3', {
  headers: { 'If-None-Match': tag },
  expect: [304],
});
assert.equal(again.headers.get('etag'), tag);
await playable(shelf.body.stories[0].posterUrl, 'image/');
const shop = await phone.call('GET', '/api/v1/stories/discovery');
assert.ok(shop.body.sections.length > 0);
done(`browsed ${shelf.body.stories.length} stories and ${shop.body.sections.length} sections, unseen`);

// --- signing in
const email = `parent-${randomUUID()}@example.com`;
const password = `sample-${randomUUID()}`;
const pushToken = `phone-${randomUUID()}`;
await createUserWithEmailAndPassword(phone.auth, email, password);
const uid = phone.auth.currentUser.uid;
await phone.call('POST', '/api/v1/users', {
  body: { displayName: 'Sample Parent', language: 'en', guardianConsent: true },
  expect: [201],
});
await phone.call('PUT', '/api/v1/users/me/fcm-token', {
  body: { token: pushToken, deviceId: 'phone', platform: 'android' },
  expect: [204],
});
await phone.call('PATCH', '/api/v1/users/me', { body: { displayName: 'Sample Family' } });
const me = (await phone.call('GET', '/api/v1/users/me')).body.user;
assert.equal(me.displayName, 'Sample Family');
assert.equal(me.id, uid);
done(`signed up and registered, ${me.tokens.available} tokens`);

// --- a story of the catalogue
const free = (await phone.call('GET', '/api/v1/stories?limit=100')).body.stories.find((s) => !s.premium);
assert.ok(free, 'no free story in the catalogue');
const story = (await phone.call('GET', `/api/v1/stories/${free.id}`)).body.story;
assert.equal(story.isFavorite, false);
await phone.call('PUT', `/api/v1/stories/${story.id}/favorite`, { expect: [204] });
const liked = (await phone.call('PUT', `/api/v1/stories/${story.id}/like`)).body;
assert.deepEqual([liked.likes >= 1, liked.isLiked], [true, true]);
const favorites = (await phone.call('GET', '/api/v1/stories/favorites')).body.stories;
assert.deepEqual(favorites.map((s) => s.id), [story.id]);
done('took a story to the favourites and liked it');

const { chapters } = (await phone.call('GET', `/api/v1/stories/${story.id}/chapters`)).body;
const [first] = chapters;
await playable(first.scenes[0].imageUrl, 'image/');
const watchedAt = Date.now() - 60_000;
const at = (chapter, scene, seconds, time) => ({
  chapterId: chapter.id,
  sceneId: chapter.scenes[scene].id,
  positionSeconds: seconds,
  watchedAt: new Date(time).toISOString(),
});
await phone.call('PUT', `/api/v1/stories/${story.id}/progress`, {
  body: at(first, 0, 1.5, watchedAt),
  expect: [204],
});
done('watched the beginning');

// --- the tablet goes on where the phone stopped
await signInWithEmailAndPassword(tablet.auth, email, password);
const resumed = (await tablet.call('GET', '/api/v1/stories/continue-watching')).body.stories;
assert.equal(resumed[0].id, story.id);
assert.equal(resumed[0].progress.sceneId, first.scenes[0].id);
assert.equal(resumed[0].progress.positionSeconds, 1.5);
const last = chapters.at(-1);
await tablet.call('PUT', `/api/v1/stories/${story.id}/progress`, {
  body: at(last, 0, 0.5, watchedAt + 30_000),
  expect: [204],
});
// the phone was offline and tells late what it had seen before
await phone.call('PUT', `/api/v1/stories/${story.id}/progress`, {
  body: at(first, 0, 2, watchedAt + 10_000),
  expect: [204],
});
const kept = (await phone.call('GET', `/api/v1/stories/${story.id}`)).body.story.progress;
assert.equal(kept.chapterId, last.id);
await tablet.call('PUT', `/api/v1/stories/${story.id}/progress`, {
  body: at(last, last.scenes.length - 1, 1, watchedAt + 50_000),
  expect: [204],
});
assert.deepEqual((await phone.call('GET', '/api/v1/stories/continue-watching')).body.stories, []);
done('went on watching on the tablet, to the end');

// --- their own film
const offer = (
  await phone.call('POST', '/api/v2/files/upload', {
    body: { fileName: 'photo.jpg', mimeType: 'image/jpeg', fileSize: photo.length, category: 'photo' },
    expect: [200, 201],
  })
).body;
const put = await fetch(offer.uploadUrl, { method: 'PUT', headers: offer.headers, body: photo });
assert.equal(put.status, 200);
await phone.call('POST', '/api/v2/files/confirm', { body: { storageKey: offer.storageKey } });
const order = {
  photo: offer.storageKey,
  name: 'Quillon',
  age: 6,
  genre: 'space',
  length: 'short',
  video: false,
};
const key = { 'Idempotency-Key': randomUUID() };
const { job } = (
  await phone.call('POST', '/api/v2/user-stories', { body: order, headers: key, expect: [202] })
).body;
const twin = await phone.call('POST', '/api/v2/user-stories', { body: order, headers: key, expect: [202] });
assert.equal(twin.body.job.id, job.id);
assert.equal(twin.headers.get('idempotent-replayed'), 'true');
done('ordered a film, twice by mistake, got one job');

// --- both devices follow it
const heard = [];
await new Promise((resolve, reject) => {
  const patience = setTimeout(() => reject(new Error('no film within 10 minutes')), 600_000);
  const stop = onValue(
    ref(tablet.database, `queue/users/${uid}/jobs/${job.id}`),
    (snapshot) => {
      const node = snapshot.val();
      if (!node) return;
      heard.push(node);
      if (['succeeded', 'failed', 'cancelled'].includes(node.state)) {
        clearTimeout(patience);
        stop();
        node.state === 'succeeded' ? resolve() : reject(new Error(JSON.stringify(node)));
      }
    },
    reject,
  );
});
const progress = heard.map((node) => node.progress ?? 0);
assert.deepEqual(progress, [...progress].sort((a, b) => a - b), `progress went back: ${progress}`);
assert.ok(heard.length >= 4, `only ${heard.length} changes were heard`);
assert.ok(!JSON.stringify(heard).includes('Quillon'), 'the name is in the Realtime Database');
await assert.rejects(get(ref(tablet.database, 'queue/users/somebody-else')), /denied/i);
done(`followed ${heard.length} changes of the queue live`);

const film = (await phone.call('GET', `/api/v2/user-stories/${job.id}`)).body.story;
await playable(film.videoUrl, 'video/mp4');
await playable(film.captions[0].url, 'text/vtt');
const legacy = (await phone.call('GET', `/api/v1/user-stories/${job.id}`)).body;
assert.equal(legacy.status, 'completed');
done(`has its film of ${film.durationSeconds.toFixed(1)} s`);

let push;
for (let i = 0; i < 240 && !push; i++) {
  const { messages } = await (await fetch(`${stack.fcmUrl}/messages`)).json();
  push = messages.map((sent) => sent.message).find((message) => message.token === pushToken);
  if (!push) await new Promise((resolve) => setTimeout(resolve, 250));
}
assert.ok(push, 'no push came');
assert.equal(push.data.type, 'story_ready');
assert.equal(push.data.storyId, job.id);
assert.ok(!JSON.stringify(push).includes('Quillon'), 'the push tells the name');
done('got the push');

await phone.call('DELETE', `/api/v1/stories/${story.id}/like`);
await phone.call('DELETE', '/api/v1/users/me/fcm-token?deviceId=phone', { expect: [204] });
await Promise.all([deleteApp(phone.app), deleteApp(tablet.app)]);
done('said good night');
process.exit(0);
