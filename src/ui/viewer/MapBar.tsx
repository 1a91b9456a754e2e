import { createEffect, For, type JSX, Match, Show, Switch } from 'solid-js';
import type { AppModel, ErrorMapView, MapRegion, MapScale, ViewSettings } from '../../app/model.ts';
import { FURTHER_REGION_IDS } from '../../app/model.ts';
import { MAP_IDS, MAPS } from '../../core/metrics/maps.ts';
import { Segmented, type SegmentedOption } from '../common/Segmented.tsx';
import { barPixels, colourBarTicks } from './colour-bar.ts';
import type { Viewer } from './viewer-state.ts';
import './map-bar.css';

interface MapBarProps {
  readonly model: AppModel;
  readonly viewer: Viewer;
}

type Done = Extract<ErrorMapView, { status: 'done' }>;

const SCALES: readonly SegmentedOption<MapScale>[] = [
  { value: 'fixed', label: 'Fixed', title: 'The same scale for every picture' },
  {
    value: 'data',
    label: 'Data',
    title: 'From the 0.5th to the 99.5th percentile of this picture’s values',
  },
];

/** What the colours of the error map mean, beneath the pictures, and how it is drawn. */
export function MapBar(props: MapBarProps): JSX.Element {
  const view = () => props.model.state.view;
  return (
    <Show when={props.viewer.errorMap()}>
      {(map) => (
        <section class="map-bar" aria-label="Error map" data-testid="map-bar">
          <select
            class="tool-select"
            aria-label="Error map"
            title="Error map ([ and ])"
            value={map().map.id}
            onChange={(event) => {
              const id = MAP_IDS.find((known) => known === event.currentTarget.value);
              if (id) props.model.commands.setErrorMap(id);
            }}
          >
            <For each={MAP_IDS}>
              {(id) => (
                <option value={id} selected={id === map().map.id}>
                  {MAPS[id].title}
                </option>
              )}
            </For>
          </select>
          <Switch fallback={<span class="colour-bar-wait">Computing…</span>}>
            <Match when={doneMap(map())}>{(done) => <ColourBar map={done()} />}</Match>
            <Match when={failure(map())}>
              {(message) => <span class="colour-bar-wait failed">{message()}</span>}
            </Match>
          </Switch>
          <Show when={map().map.kind === 'sequential'}>
            <Colours value={view().errorMapColours} onChange={props.model.commands.setView} />
          </Show>
          <Segmented
            label="Scale of the error map"
            name="map-scale"
            options={SCALES}
            value={view().errorMapScale}
            onChange={(scale) => props.model.commands.setErrorMap(map().map.id, scale)}
          />
          <Fade {...props} />
        </section>
      )}
    </Show>
  );
}

const doneMap = (map: ErrorMapView): Done | null => (map.status === 'done' ? map : null);
const failure = (map: ErrorMapView) => (map.status === 'failed' ? map.message : null);

function ColourBar(props: { readonly map: Done }): JSX.Element {
  let canvas: HTMLCanvasElement | undefined;
  createEffect(() => {
    const row = barPixels(props.map.colours);
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return;
    canvas.width = row.width;
    context.putImageData(row, 0, 0);
  });
  const ticks = () => colourBarTicks(props.map.range, props.map.map.kind === 'diverging');
  const unit = () => (props.map.map.unit ? ` ${props.map.map.unit}` : '');
  return (
    <div class="colour-bar" title={props.map.map.definition} data-testid="colour-bar">
      <canvas
        ref={canvas}
        class="colour-bar-colours"
        height="1"
        role="img"
        aria-label={`Colours from ${ticks()[0]} to ${ticks()[ticks().length - 1]}${unit()}`}
      />
      <div class="colour-bar-ticks" aria-hidden="true">
        <For each={ticks()}>{(tick) => <span>{tick}</span>}</For>
      </div>
      <Show when={props.map.map.unit}>
        {(name) => (
          <span class="colour-bar-unit" aria-hidden="true">
            {name()}
          </span>
        )}
      </Show>
    </div>
  );
}

const COLOURS: readonly ViewSettings['errorMapColours'][] = ['magma', 'viridis'];

function Colours(props: {
  readonly value: ViewSettings['errorMapColours'];
  readonly onChange: (change: Partial<ViewSettings>) => void;
}): JSX.Element {
  return (
    <select
      class="tool-select"
      aria-label="Colours of the error map"
      value={props.value}
      onChange={(event) => {
        const chosen = COLOURS.find((name) => name === event.currentTarget.value);
        if (chosen) props.onChange({ errorMapColours: chosen });
      }}
    >
      <For each={COLOURS}>
        {(name) => (
          <option value={name} selected={name === props.value}>
            {name}
          </option>
        )}
      </For>
    </select>
  );
}

const REGION_NAMES: Readonly<Record<MapRegion, string>> = {
  person: 'the person',
  background: 'the background',
  boundary: 'the edge',
  rectangle: 'the rectangle',
  hair: 'the hair',
  skin: 'the skin',
  'face-skin': 'the face',
  sky: 'the sky',
};

/** Which part of the picture stays as it is while the rest of the map is faded. */
function Fade(props: MapBarProps): JSX.Element {
  const view = () => props.model.state.view;
  const there = (): readonly MapRegion[] => {
    const item = props.viewer.case();
    if (!item) return [];
    const further = FURTHER_REGION_IDS.filter((id) => {
      if (id === 'boundary') return item.mask !== null && view().boundary;
      return id === 'rectangle' ? item.rectangle !== null : item.regionMasks[id] !== undefined;
    });
    return item.mask ? ['person', 'background', ...further] : further;
  };
  return (
    <Show when={there().length > 0}>
      <select
        class="tool-select"
        aria-label="Part of the error map that is not faded"
        value={view().errorMapRegion ?? ''}
        onChange={(event) => {
          const chosen = there().find((id) => id === event.currentTarget.value);
          props.model.commands.setView({ errorMapRegion: chosen ?? null });
        }}
      >
        <option value="" selected={view().errorMapRegion === null}>
          Nothing faded
        </option>
        <For each={there()}>
          {(id) => (
            <option value={id} selected={id === view().errorMapRegion}>
              Fade outside {REGION_NAMES[id]}
            </option>
          )}
        </For>
      </select>
    </Show>
  );
}
