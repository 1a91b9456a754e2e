/** What `--help` prints, by command. */
export const HELP: Readonly<Record<string, string>> = {
  score: `Usage: npm run -s score -- --gt DIR --output DIR --mask DIR --out DIR [options]
       npm run -s score -- merge DIR… --out DIR [--metrics TABLE.csv]
       npm run -s score -- rank --challenge NAME TABLE.csv [--as-printed]

Scores predictions as the program of NTIRE 2026 RAIM, track 3, does, and writes scores.txt,
scores.json, per_image_scores.csv and all_metrics.csv.

  --gt DIR        ground truths, found by the first three digits in a row of their names
  --output DIR    predictions, one for every ground truth
  --mask DIR      person masks: 001.jpg, 001.jpeg, 001.png or 001.bmp for image 001;
                  without a mask an image is measured as a whole
  --out DIR       where the files are written
  --device D      auto (default: the GPU where there is one), cpu (float64) or gpu
  --lpips FILES   an LPIPS network as one ONNX file, or its weights as ALEXNET.pth,ALEX.pth
  --metric FILE   a metric as an ONNX file that says what it measures (docs/export.md); adds rows to
                  all_metrics.csv; may be given more than once
  --input DIR     the untouched inputs, for metrics of identity, found like the ground truths
  --metrics FILE  a table with the column image_id and any of PSNR_bg, SSIM_global, DeltaE_person,
                  LPIPS_person, whose values replace the measured ones
  --shard I/N     score part I of N only and write shard-I-of-N.json; see merge
  --help          this text

Exit codes: 0 done, 1 an error in Loupe, 2 bad input, 3 no GPU though one was asked for.
`,
  'score merge': `Usage: npm run -s score -- merge DIR… --out DIR [--metrics TABLE.csv]

Joins the parts that "score --shard I/N" left in the folders to the very files that one run over
the whole set writes. --metrics replaces values as in score, without measuring again.
`,
  'score rank': `Usage: npm run -s score -- rank --challenge NAME TABLE.csv [--as-printed]

Prints the table with Score, Final, Eligible and Rank appended. The first column is Team, then:

  raim2026   LPIPS_person, DeltaE_person and either PSNR_bg, SSIM_global or GlobalScore;
             optionally Subjective (80 to 90)
  raim2024   PSNR, SSIM, LPIPS, DISTS, NIQE or the phase-2 score S2; optionally S3 (user study);
             --as-printed takes the formula as the report prints it
  face2025   NIQE, CLIPQA, MANIQA, MUSIQ, QALIGN, FID, FailedImages
  vqe2025    BT, S_real, S_synth, GMACs
`,
  restore: `Usage: npm run -s restore -- --input DIR --out DIR [--model M | --method M]

Restores every picture of a folder and writes <stem>.png for it.

  --input DIR      PNG, JPEG and BMP pictures
  --out DIR        where the PNGs are written
  --model M        a model of public/models/manifest.json (default: its default one), or an ONNX file
                   from anywhere, which is looked into and tried first
  --contract JSON  how pictures go into the ONNX file and come out, where that cannot be told from it;
                   see docs/export.md
  --method M       in place of a network: auto-gamma, percentile-stretch, clahe, global-tone, or a 3-D
                   table as a .cube file
  --help           this text

Exit codes: 0 done, 1 an error in Loupe, 2 bad input.
`,
  mask: `Usage: npm run -s mask -- --input DIR --out DIR

Finds the people in every picture of a folder, dark or bright, and writes a soft mask <stem>.png for
it: grey, of the picture's size, 255 inside.

  --input DIR      PNG, JPEG and BMP pictures
  --out DIR        where the masks are written
  --help           this text

Exit codes: 0 done, 1 an error in Loupe, 2 bad input.
`,
  simulate: `Usage: npm run -s simulate -- --input DIR --out DIR [--seed N] [--mask DIR]

Makes pairs for research from well-lit portraits: input/<stem>.png is what a weak flash in a dim room
would have shown, gt/ holds copies of the pictures, simulated.json what was drawn for each.

  --input DIR      PNG, JPEG and BMP pictures
  --out DIR        where input/, gt/ and simulated.json are written
  --seed N         whole number from 0 to 4294967295 (default 0): the same seed gives the same pairs
  --mask DIR       person masks of the same stems; the flash then points at the person and lights the
                   rest less
  --help           this text

Exit codes: 0 done, 1 an error in Loupe, 2 bad input.
`,
};
