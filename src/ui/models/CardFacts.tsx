import { For, type JSX, Show } from 'solid-js';
import type { ModelCard } from '../../app/model.ts';

interface CardFactsProps {
  readonly card: ModelCard;
}

/** What whoever uses a built-in model must know of it, in its makers' words. */
export function CardFacts(props: CardFactsProps): JSX.Element {
  const texts = (): readonly (readonly [string, string])[] => [
    ['Intended use', props.card.intendedUse],
    ['Limits', props.card.limits],
    ['Data', props.card.data],
  ];
  return (
    <section class="card-section" aria-label="Model card">
      <h3 class="section-title">What to know before using it</h3>
      <dl class="card-list card-texts">
        <For each={texts()}>
          {([name, text]) => (
            <div data-fact={name}>
              <dt>{name}</dt>
              <dd>{text}</dd>
            </div>
          )}
        </For>
      </dl>
      <Show when={props.card.byTone.length > 0}>
        <ToneTable {...props} />
      </Show>
      <Show when={props.card.commands.length > 0}>
        <h4 class="section-title">Commands that give the scores again</h4>
        <ul class="card-commands">
          <For each={props.card.commands}>
            {(command) => (
              <li>
                <code>{command}</code>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  );
}

function ToneTable(props: CardFactsProps): JSX.Element {
  return (
    <table class="tone-table" data-testid="tone-table">
      <caption>
        Scores of the person by skin tone, grouped by the individual typology angle (ITA°) of the
        ground truth
      </caption>
      <thead>
        <tr>
          <th scope="col">Skin tone</th>
          <th scope="col">Images</th>
          <th scope="col">PSNR, dB</th>
          <th scope="col">ΔE (OpenCV 8-bit)</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.card.byTone}>
          {({ group, images, psnrPerson, deltaE }) => (
            <tr>
              <th scope="row">{group}</th>
              <td>{images}</td>
              <td>{psnrPerson.toFixed(2)}</td>
              <td>{deltaE.toFixed(2)}</td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  );
}
