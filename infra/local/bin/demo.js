#!/usr/bin/env node
import '../../../shared/runtime/require-node.js';

await import('../src/demo/main.ts');
