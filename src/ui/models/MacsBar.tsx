import { type JSX, Show } from 'solid-js';
import type { MethodView } from '../../app/model.ts';
import { Hint } from '../common/Hint.tsx';
import { formatCount } from '../format.ts';
import { budgetBar, budgetWords, MACS_BUDGET } from './budget.ts';
import './macs.css';

/** The work a frame costs, as a bar against the challenge's budget, and in words. */
export function MacsBar(props: { readonly method: MethodView }): JSX.Element {
  const atLeast = () => (props.method.facts?.macsComplete === false ? 'at least ' : '');
  return (
    <Show when={props.method.macs720p !== null && props.method} fallback={<Unknown {...props} />}>
      {(method) => {
        const macs = () => method().macs720p ?? 0;
        const over = () => macs() > MACS_BUDGET;
        return (
          <div class="macs" data-testid="macs" data-value={macs()}>
            <p>
              <strong class="macs-value">
                {atLeast()}
                {formatCount(macs())}
              </strong>{' '}
              <Rule method={method()} /> <span class="macs-verdict">{budgetWords(macs())}</span>
            </p>
            <div
              class="macs-bar"
              classList={{ over: over() }}
              style={{
                '--macs': String(budgetBar(macs()).macs),
                '--budget': String(budgetBar(macs()).budget),
              }}
              aria-hidden="true"
            >
              <span class="macs-fill" />
              <span class="macs-line" />
            </div>
            <p class="macs-scale" aria-hidden="true">
              <span class="macs-budget" style={{ '--budget': String(budgetBar(macs()).budget) }}>
                budget 20 G
              </span>
            </p>
          </div>
        );
      }}
    </Show>
  );
}

function Unknown(props: { readonly method: MethodView }): JSX.Element {
  return (
    <p class="macs" data-testid="macs" data-value="">
      <strong class="macs-value">—</strong> <Rule method={props.method} />
    </p>
  );
}

function Rule(props: { readonly method: MethodView }): JSX.Element {
  return (
    <Hint
      class="macs-rule"
      hint={
        <>
          <strong class="hint-title">Multiply-accumulates of one 1280×720 frame</strong>
          <p>{props.method.macsRule}</p>
          <p>
            The budget is that of the video-conferencing challenge (NTIRE 2025): 20·10⁹ for such a
            frame.
          </p>
        </>
      }
    >
      MACs a 1280×720 frame
    </Hint>
  );
}
