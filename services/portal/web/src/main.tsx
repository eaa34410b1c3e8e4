import { applyMode, Mode } from '@cloudscape-design/global-styles';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { dark } from './stored/preferences.ts';
import './base.css';

const showMode = (): void => applyMode(dark.read() ? Mode.Dark : Mode.Light);
showMode();
dark.subscribe(showMode);

const root = document.querySelector('#root');
if (!root) throw new Error('the page has no element #root to stand in');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
