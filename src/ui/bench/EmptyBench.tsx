import FileArchive from 'lucide-solid/icons/file-archive';
import FolderOpen from 'lucide-solid/icons/folder-open';
import type { JSX } from 'solid-js';
import type { BenchState } from '../../app/bench/model.ts';
import type { Pickers } from './FilePickers.tsx';
import type { BenchIntake } from './intake.ts';
import { ReadingLine } from './ReadingLine.tsx';
import './empty-bench.css';

interface EmptyBenchProps {
  readonly state: BenchState;
  readonly intake: BenchIntake;
  readonly pickers: Pickers;
  readonly fromLook: JSX.Element;
}

/** Before there is a set: where it goes in, how it should look, and what stays here. */
export function EmptyBench(props: EmptyBenchProps): JSX.Element {
  return (
    <div class="bench-empty">
      <section class="empty-drop crop-marks" aria-labelledby="bench-empty-title">
        <h2 id="bench-empty-title" class="empty-title">
          Drop a data set
        </h2>
        <p class="empty-text">
          Folders, a .zip or loose files, at once or one after another: inputs, ground truths,
          masks, and one folder of outputs for each method.
        </p>
        <div class="empty-actions">
          <button type="button" class="button primary large" onClick={() => props.pickers.folder()}>
            <FolderOpen /> Choose a folder
          </button>
          <button type="button" class="button large" onClick={() => props.pickers.files()}>
            <FileArchive /> Choose files or a zip
          </button>
          {props.fromLook}
        </div>
        <ReadingLine state={props.state} intake={props.intake} />
      </section>
      <Layout />
    </div>
  );
}

/** The layout that needs no corrections; any other can be put right in the report. */
function Layout(): JSX.Element {
  return (
    <section class="bench-layout" aria-labelledby="bench-layout-title">
      <h2 id="bench-layout-title" class="section-title">
        The names of folders tell what is what
      </h2>
      <dl class="layout-list">
        <dt>input/</dt>
        <dd>the pictures as taken</dd>
        <dt>gt/</dt>
        <dd>the ground truths</dd>
        <dt>mask_personmask/</dt>
        <dd>the person of each picture</dd>
        <dt>any other folder/</dt>
        <dd>the outputs of the method of that name</dd>
      </dl>
      <p class="section-note">
        Files of one case share their name: input/001.jpg, gt/001.png. Nothing is paired by its
        position, and nothing leaves this machine: folders are read where they lie where the browser
        allows it, otherwise they are copied into its storage.
      </p>
    </section>
  );
}
