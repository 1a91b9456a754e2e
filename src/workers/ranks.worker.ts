import { makeRanks } from '../engine/ranks.ts';
import { serve } from './serve.ts';

serve(makeRanks());
