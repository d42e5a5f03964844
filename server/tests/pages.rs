//! Every page answers.
