/** Stands for a bundle where templates are synthesized for their policies alone. */
