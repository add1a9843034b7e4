// The Auth emulator of firebase-tools, started alone: the command line takes three times as long.
// usage: node auth.js <folder with node_modules> <port> <project id>
'use strict';
const path = require('path');

const [modules, port, projectId] = process.argv.slice(2);
const emulators = path.join(modules, 'node_modules', 'firebase-tools', 'lib', 'emulator');
const { EmulatorRegistry } = require(path.join(emulators, 'registry'));
const { AuthEmulator, SingleProjectMode } = require(path.join(emulators, 'auth'));

EmulatorRegistry.start(
  new AuthEmulator({
    host: '127.0.0.1',
    port: Number(port),
    projectId,
    singleProjectMode: SingleProjectMode.NO_WARNING,
  })).catch((e) => {
  console.error(e);
  process.exit(1);
});

// The parent holds the other end of this pipe: when it is gone, so are we.
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
process.on('SIGTERM', () => process.exit(0));
