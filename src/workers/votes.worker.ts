import { makeVotes } from '../engine/votes.ts';
import { serve } from './serve.ts';

serve(makeVotes());
