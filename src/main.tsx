import { render } from 'solid-js/web';
import { createApp } from './app/createApp.ts';
import { App } from './ui/App.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

const model = createApp();
render(() => <App model={model} bench={model.bench} judge={model.judge} />, root);
