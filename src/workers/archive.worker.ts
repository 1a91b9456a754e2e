import { expose } from 'comlink';
import { makeArchives } from '../codecs/archive/archive.ts';

expose(makeArchives());
