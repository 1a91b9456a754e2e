import { expose } from 'comlink';
import { makeReview } from '../engine/review.ts';

expose(makeReview());
