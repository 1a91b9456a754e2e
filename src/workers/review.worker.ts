import { makeReview } from '../engine/review.ts';
import { serve } from './serve.ts';

serve(makeReview());
