import { createUniqueId, type JSX, Show } from 'solid-js';
import { Segmented } from '../common/Segmented.tsx';
import type { SayTool } from './say-state.ts';

interface AboutProps {
  readonly say: SayTool;
  /** Whether there is an output that can be spoken of. */
  readonly hasMethod: boolean;
  readonly method: string;
}

/** Whom the next remark is about: the shown output, or the case as a whole. */
export function About(props: AboutProps): JSX.Element {
  const name = createUniqueId();
  return (
    <Show when={props.hasMethod}>
      <Segmented
        label="Speak of"
        name={name}
        options={[
          { value: 'method', label: props.method },
          { value: 'case', label: 'Whole case' },
        ]}
        value={props.say.about() === null ? 'case' : 'method'}
        onChange={(value) => props.say.setAboutCase(value === 'case')}
      />
    </Show>
  );
}
