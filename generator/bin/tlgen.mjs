#!/usr/bin/env node
import { run } from '../dist/cli/main.js';

// A reader that went away (`tlgen stats | head -1`) is no error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}

const interrupt = new AbortController();
const stop = (code) => {
  // What is being put into place is put there synchronously, so no moment is a bad one to leave.
  if (interrupt.signal.aborted) process.exit(code);
  interrupt.abort();
  setTimeout(() => process.exit(code), 1000).unref();
  process.exitCode = code;
};
process.on('SIGINT', () => stop(130));
process.on('SIGTERM', () => stop(143));

const { stdout, stderr, stdin, env } = process;
const io = { stdout, stderr, stdin, env, cwd: process.cwd(), signal: interrupt.signal };
const code = await run(process.argv.slice(2), io);
process.exitCode ||= code;
