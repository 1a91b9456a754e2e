import { type JSX, Show } from 'solid-js';
import type { ContractChange, MethodView, ModelContract } from '../../app/model.ts';
import type { RangeId } from '../../core/image/normalisation.ts';
import { Segmented, type SegmentedOption } from '../common/Segmented.tsx';
import { formatSize } from '../format.ts';
import {
  type ContractProperty,
  describeRange,
  knowledgeOf,
  type MaskUse,
  maskUseOf,
  maskUses,
  pictureInputs,
  RANGES,
  rangeOf,
} from './contract.ts';
import './contract.css';

interface ContractFormProps {
  readonly method: MethodView;
  readonly contract: ModelContract;
  /** While a change is tried out no other is taken. */
  readonly busy: boolean;
  /** Null where nothing can be changed: the contract of a built-in network is known. */
  readonly onChange: ((change: ContractChange) => void) | null;
}

const LAYOUTS = [
  { value: 'NCHW', label: 'NCHW', title: 'One plane a channel' },
  { value: 'NHWC', label: 'NHWC', title: 'Channels side by side in every pixel' },
] as const;
const CHANNELS = [
  { value: 'RGB', label: 'RGB' },
  { value: 'BGR', label: 'BGR' },
] as const;
const TILES = [
  { value: 'tiles', label: 'Tiles where needed' },
  { value: 'whole', label: 'Whole picture', title: 'In tiles only where memory does not suffice' },
] as const;
const MULTIPLES = ['1', '2', '4', '8', '16', '32', '64'].map((value) => ({ value, label: value }));

/** How pictures are fed to a network and read from it; what was guessed changes with one click. */
export function ContractForm(props: ContractFormProps): JSX.Element {
  const input = () => props.contract.input;
  const change = (next: ContractChange) => props.onChange?.(next);
  return (
    <div class="contract">
      <Choice
        {...props}
        title="Layout"
        property="layout"
        options={LAYOUTS}
        value={input().layout}
        onPick={(layout) => change({ layout })}
      />
      <Choice
        {...props}
        title="Channels"
        property="channels"
        options={CHANNELS}
        value={input().channels}
        onPick={(channels) => change({ channels })}
      />
      <Ranges {...props} />
      <Size {...props} />
      <PictureInput {...props} />
      <Mask {...props} />
      <LargePictures {...props} />
      <Output {...props} />
    </div>
  );
}

function Ranges(props: ContractFormProps): JSX.Element {
  const output = () => (props.contract.output.kind === 'image' ? props.contract.output : null);
  return (
    <>
      <Choice<RangeId>
        {...props}
        title="Values in"
        property="range"
        options={RANGES}
        value={rangeOf(props.contract.input.normalisation)}
        words={describeRange(props.contract.input.normalisation)}
        onPick={(range) => props.onChange?.({ range })}
      />
      <Show when={output()}>
        {(image) => (
          <Choice<RangeId>
            {...props}
            title="Values out"
            property="outputRange"
            options={RANGES}
            value={rangeOf(image().normalisation)}
            words={describeRange(image().normalisation)}
            onPick={(outputRange) => props.onChange?.({ outputRange })}
          />
        )}
      </Show>
    </>
  );
}

function Size(props: ContractFormProps): JSX.Element {
  const input = () => props.contract.input;
  return (
    <Show
      when={input().fixedSize}
      fallback={
        <Choice
          {...props}
          title="Size a multiple of"
          property="sizeMultiple"
          options={MULTIPLES}
          value={String(input().sizeMultiple)}
          words={String(input().sizeMultiple)}
          onPick={(value) => props.onChange?.({ sizeMultiple: Number(value) })}
        />
      }
    >
      {(size) => (
        <Row {...props} title="Size" property="sizeMultiple">
          {formatSize({ height: size()[0], width: size()[1] })} and nothing else
        </Row>
      )}
    </Show>
  );
}

/** Of two inputs that are alike, which takes the picture. */
function PictureInput(props: ContractFormProps): JSX.Element {
  // The order stays when the two are exchanged.
  const names = () => [...pictureInputs(props.contract)].sort();
  return (
    <Show when={names().length > 0}>
      <Choice
        {...props}
        title="Picture goes into"
        property="picture"
        options={names().map((value) => ({ value, label: value }))}
        value={props.contract.input.name}
        onPick={(picture) => props.onChange?.({ picture })}
      />
    </Show>
  );
}

function LargePictures(props: ContractFormProps): JSX.Element {
  return (
    <Show
      when={props.contract.input.fixedSize}
      fallback={
        <Choice
          {...props}
          title="Large pictures"
          property="tile"
          options={TILES}
          value={props.contract.tile.whole ? 'whole' : 'tiles'}
          onPick={(value) => props.onChange?.({ whole: value === 'whole' })}
        />
      }
    >
      <Row {...props} title="Large pictures" property="tile">
        In pieces of its size
      </Row>
    </Show>
  );
}

const MASK_USES: Readonly<Record<MaskUse, string>> = {
  none: 'Not used',
  channel: 'Fourth channel',
  tensor: 'Input of its own',
};

function Mask(props: ContractFormProps): JSX.Element {
  const label = (use: MaskUse) =>
    use === 'none' && props.contract.mask !== null ? 'Ones in its place' : MASK_USES[use];
  return (
    <Choice
      {...props}
      title="Person mask"
      property="mask"
      options={maskUses(props.method).map((value) => ({ value, label: label(value) }))}
      value={maskUseOf(props.contract)}
      words={label(maskUseOf(props.contract))}
      onPick={(mask) => props.onChange?.({ mask })}
    />
  );
}

function Output(props: ContractFormProps): JSX.Element {
  const words = () => {
    const { output } = props.contract;
    if (output.kind === 'lut') return 'A 3-D LUT, applied at full size';
    if (output.kind === 'grid') return 'A grid of affine colour transforms, applied at full size';
    return output.scale === 1
      ? 'A picture of the same size'
      : `A picture ×${output.scale} the size`;
  };
  return (
    <Row {...props} title="Gives" property="scale">
      {words()}
    </Row>
  );
}

interface ChoiceProps<T extends string> extends ContractFormProps {
  readonly title: string;
  readonly property: ContractProperty;
  readonly options: readonly SegmentedOption<T>[];
  /** Null where none of the options holds; `words` then say what does. */
  readonly value: T | null;
  readonly words?: string;
  readonly onPick: (value: T) => void;
}

/** One property: buttons where it can be changed, else its value. */
function Choice<T extends string>(props: ChoiceProps<T>): JSX.Element {
  const label = () =>
    props.words ?? props.options.find(({ value }) => value === props.value)?.label ?? '';
  return (
    <Row {...props}>
      <Show when={props.onChange !== null && props.options.length > 1} fallback={label()}>
        <Segmented
          label={props.title}
          name={`${props.method.id} ${props.title}`}
          options={props.options}
          value={props.value}
          disabled={props.busy}
          onChange={props.onPick}
        />
        <Show when={props.value === null}>
          <span class="contract-own">{props.words}</span>
        </Show>
      </Show>
    </Row>
  );
}

function Row(props: {
  readonly method: MethodView;
  readonly title: string;
  readonly property: ContractProperty;
  readonly children: JSX.Element;
}): JSX.Element {
  const known = () => knowledgeOf(props.method, props.property);
  return (
    <div class="contract-row" data-property={props.title}>
      <span class="contract-title">{props.title}</span>
      <div class="contract-value">{props.children}</div>
      <Show when={known()}>
        {(known) => (
          <p class="contract-reason">
            <span class="contract-origin" classList={{ guess: known().guess }}>
              {known().words}
            </span>{' '}
            {known().reason}
          </p>
        )}
      </Show>
    </div>
  );
}
