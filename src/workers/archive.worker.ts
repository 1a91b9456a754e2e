import { makeArchives } from '../codecs/archive/archive.ts';
import { serve } from './serve.ts';

serve(makeArchives());
