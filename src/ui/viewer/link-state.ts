import { createEffect, createSignal, on, onCleanup } from 'solid-js';
import type { AppModel, CaseView, PictureView } from '../../app/model.ts';
import {
  isViewLink,
  type LinkedView,
  linkedSettings,
  readViewHash,
  viewHash,
} from './view-link.ts';
import type { Viewer } from './viewer-state.ts';

const GONE =
  'The case of this link is not in this browser’s workspace. Open the files or the workspace it was made with, then follow the link again.';

/** The picture that all others of a case are laid out by. */
function referenceIn(item: CaseView): PictureView | null {
  return item.input ?? item.output?.picture ?? item.gt;
}

/** The view on screen as a link holds it; null without a case. */
function viewOf(model: AppModel, viewer: Viewer): LinkedView | null {
  const item = viewer.case();
  if (!item) return null;
  return {
    caseId: item.id,
    picture: referenceIn(item)?.sha256 ?? '',
    method: item.shownMethod,
    settings: linkedSettings(model.state.view),
    viewport: viewer.viewport(),
    shownAs: viewer.shownAs(),
  };
}

/** Puts the address of the view on screen on the clipboard. */
export async function copyViewLink(model: AppModel, viewer: Viewer): Promise<void> {
  const view = viewOf(model, viewer);
  if (!view) return;
  const link = new URL(viewHash(view), location.href).href;
  try {
    await navigator.clipboard.writeText(link);
    model.commands.notify('info', 'The link to this view is on the clipboard.');
  } catch {
    model.commands.notify('warning', `The browser did not let Loupe copy. The link is: ${link}`);
  }
}

/** The case a link speaks of: by its id, else the one with its picture. */
function caseOf(cases: readonly CaseView[], view: LinkedView): CaseView | null {
  const own = cases.find(({ id }) => id === view.caseId);
  const alike = cases.find((item) => referenceIn(item)?.sha256 === view.picture);
  return own ?? alike ?? null;
}

async function follow(model: AppModel, viewer: Viewer, view: LinkedView): Promise<void> {
  const { state, commands } = model;
  const item = caseOf(state.cases, view);
  if (!item) {
    commands.notify('warning', GONE);
    return;
  }
  if (state.currentCaseId !== item.id) await commands.selectCase(item.id);
  // The method first: when another one is shown, panes change of themselves.
  if (view.method !== null && view.method !== viewer.case()?.shownMethod) {
    await commands.showMethod(view.method);
  }
  commands.setView(view.settings);
  viewer.setViewport(view.viewport);
  viewer.setShownAs(view.shownAs);
}

/** Follows links to views, at the start and whenever one is opened in this tab. */
export function createViewLinks(model: AppModel, viewer: Viewer): void {
  const [hash, setHash] = createSignal(location.hash);
  const update = () => setHash(location.hash);
  window.addEventListener('hashchange', update);
  onCleanup(() => window.removeEventListener('hashchange', update));
  const wanted = () => (model.state.restoredWorkspace && isViewLink(hash()) ? hash() : null);
  createEffect(
    on(wanted, (link) => {
      if (link === null) return;
      // Followed once: from then on the view goes its own way, and a reload keeps where it went.
      history.replaceState(null, '', '#/');
      setHash('#/');
      const read = readViewHash(link);
      if (read.ok) void follow(model, viewer, read.view);
      else model.commands.notify('warning', read.sentence);
    }),
  );
}
