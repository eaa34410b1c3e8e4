#!/usr/bin/env node
import '../../../shared/runtime/require-node.js';
import { setFlagsFromString } from 'node:v8';

// The whole cloud is kept in memory. By itself the heap may grow to twice what is kept, and more on a large machine; so it stays near it.
setFlagsFromString('--heap-growing-percent=30');
await import('../src/start/main.ts');
