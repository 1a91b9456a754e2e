import { createEffect, createSignal, For, type JSX, Show } from 'solid-js';
import type { AppModel, CaseView } from '../../app/model.ts';
import { Dialog } from '../common/Dialog.tsx';
import { PickMenu } from '../common/PickMenu.tsx';
import { saveFile } from '../panel/save.ts';
import type { Viewer } from '../viewer/viewer-state.ts';
import { Boxes } from './Boxes.tsx';
import { paintFigure } from './figure-canvas.ts';
import type { Chosen } from './figure-choice.ts';
import { figurePng, figureSvgFile, fitsPng } from './figure-files.ts';
import { createFigure, type Drawn, type FigureTool } from './figure-state.ts';
import { Looks } from './Looks.tsx';
import './figure.css';

interface FigureDialogProps {
  readonly model: AppModel;
  readonly viewer: Viewer;
  readonly case: CaseView;
  readonly onClose: () => void;
}

/** A crop comparison for a paper: what is in it, how it looks, and its two files. */
export function FigureDialog(props: FigureDialogProps): JSX.Element {
  const tool = createFigure(props.model, props.viewer, props.case);
  return (
    <Dialog title="Figure" onClose={props.onClose} class="figure-dialog" testId="figure-dialog">
      <div class="figure-body">
        <div class="figure-choices">
          <Boxes tool={tool} viewer={props.viewer} case={props.case} />
          <Picks
            title="Columns"
            picks={tool.choice.columns}
            onChange={tool.setColumn}
            testId="figure-columns"
          />
          <Picks
            title="Cases"
            picks={tool.choice.cases}
            onChange={tool.setCase}
            testId="figure-cases"
          />
          <FromBench model={props.model} />
          <Looks tool={tool} />
        </div>
        <Preview tool={tool} />
      </div>
      <Actions model={props.model} tool={tool} onClose={props.onClose} />
    </Dialog>
  );
}

/** Nothing is drawn yet: it fits nowhere. */
const NONE = { title: '', items: [], width: Number.POSITIVE_INFINITY, height: 0 };

/** The two files, as soon as what they hold is drawn. */
function Actions(
  props: Pick<FigureDialogProps, 'model' | 'onClose'> & { readonly tool: FigureTool },
): JSX.Element {
  const [saving, setSaving] = createSignal(false);
  const ready = () => (props.tool.busy() || saving() ? null : props.tool.drawn());
  const fits = () => fitsPng(ready()?.figure ?? NONE);
  const save = async (make: (drawn: Drawn) => Promise<File | null>) => {
    const now = ready();
    if (!now) return;
    setSaving(true);
    try {
      const file = await make(now);
      if (file) await saveFile(file);
      else
        props.model.commands.notify('error', 'This browser could not draw the PNG: save the SVG.');
    } finally {
      setSaving(false);
    }
  };
  return (
    <div class="dialog-actions">
      <Show when={ready() && !fits()}>
        <p class="section-note figure-large">Too large for a PNG: fewer cases, or the SVG.</p>
      </Show>
      <button type="button" class="button" onClick={() => props.onClose()}>
        Close
      </button>
      <button
        type="button"
        class="button"
        data-testid="figure-svg"
        disabled={ready() === null}
        onClick={() => void save(async ({ figure, crops }) => figureSvgFile(figure, crops))}
      >
        Save SVG
      </button>
      <button
        type="button"
        class="button primary"
        data-testid="figure-png"
        disabled={!fits()}
        onClick={() => void save(({ figure, crops }) => figurePng(figure, crops))}
      >
        Save PNG
      </button>
    </div>
  );
}

/** What is in the figure, and what it is called there. */
function Picks<Id extends string>(props: {
  readonly title: string;
  readonly picks: readonly Chosen<Id>[];
  readonly onChange: (id: Id, change: { on?: boolean; label?: string }) => void;
  readonly testId: string;
}): JSX.Element {
  return (
    <fieldset class="figure-group" data-testid={props.testId}>
      <legend class="section-title">{props.title}</legend>
      <For each={props.picks.map(({ id }) => id)}>
        {(id) => (
          <Show when={props.picks.find((own) => own.id === id)}>
            {(pick) => (
              <div class="figure-pick">
                <input
                  type="checkbox"
                  aria-label={`${pick().label || id} in the figure`}
                  checked={pick().on}
                  onChange={(event) => props.onChange(id, { on: event.currentTarget.checked })}
                />
                <input
                  type="text"
                  class="text-field"
                  aria-label={`Label of ${pick().label || id}`}
                  maxlength={60}
                  value={pick().label}
                  onInput={(event) => props.onChange(id, { label: event.currentTarget.value })}
                />
              </div>
            )}
          </Show>
        )}
      </For>
    </fieldset>
  );
}

/** More cases for the figure, from the bench's set. */
function FromBench(props: { readonly model: AppModel }): JSX.Element {
  const [opening, setOpening] = createSignal<string | null>(null);
  const cases = () => props.model.commands.benchCases();
  const add = async (id: string) => {
    setOpening(cases().find((own) => own.id === id)?.title ?? id);
    try {
      await props.model.commands.takeFromBench(id);
    } finally {
      setOpening(null);
    }
  };
  return (
    <Show when={cases().length > 0 || opening()}>
      <div data-testid="figure-bench">
        <Show
          when={opening()}
          fallback={
            <PickMenu
              label="From the bench"
              first="a case"
              action="Add"
              options={cases().map(({ id, title }) => ({ value: id, label: title }))}
              onChoose={(id) => void add(id)}
            />
          }
        >
          {(title) => (
            <p class="section-note" role="status">
              Opening {title()}…
            </p>
          )}
        </Show>
      </div>
    </Show>
  );
}

/** The figure as its files will show it. */
function Preview(props: { readonly tool: FigureTool }): JSX.Element {
  let canvas: HTMLCanvasElement | undefined;
  createEffect(() => {
    const drawn = props.tool.drawn();
    const context = canvas?.getContext('2d');
    if (!drawn || !canvas || !context) return;
    const { figure, crops } = drawn;
    const ratio = window.devicePixelRatio;
    Object.assign(canvas, { width: figure.width * ratio, height: figure.height * ratio });
    canvas.style.setProperty('--width', `${figure.width}px`);
    paintFigure(context, figure, ratio, crops.of);
  });
  return (
    <section class="figure-preview" aria-label="Preview" aria-busy={props.tool.busy()}>
      <canvas
        ref={canvas}
        class="figure-canvas"
        classList={{ stale: props.tool.busy(), none: props.tool.drawn() === null }}
        role="img"
        aria-label={props.tool.figure()?.title ?? 'Nothing chosen'}
        data-testid="figure-preview"
      />
      <p class="section-note" role="status">
        <Show
          when={props.tool.figure()}
          fallback="Choose a case, a column and a box: then the figure appears here."
        >
          {(figure) => (
            <Show when={!props.tool.busy()} fallback="Drawing…">
              {figure().width} × {figure().height}, the PNG twice as large
            </Show>
          )}
        </Show>
      </p>
    </section>
  );
}
