"""The person mask: a tiny network on a 256x256 picture, refined at full size by a guided filter."""
