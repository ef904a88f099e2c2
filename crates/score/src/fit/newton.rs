//! Logistic regression with a Gaussian prior on each coefficient, by Newton's method.

/// One observation: the coefficients that it touches with their values, what is known of its log-odds beforehand, and
/// what came.
pub(super) struct Observation {
    pub(super) values: Vec<(usize, f64)>,
    pub(super) yes: bool,
}

/// What a coefficient is expected to be, and how firmly.
#[derive(Clone, Copy)]
pub(super) struct Prior {
    pub(super) mean: f64,
    pub(super) firmness: f64,
}

const STEPS: usize = 100;
const HALVINGS: usize = 40;
/// A gradient below this is a summit.
const FLAT: f64 = 1e-9;

/// The coefficients that maximise
///
/// `Σ yᵢ·log σ(zᵢ) + (1 − yᵢ)·log(1 − σ(zᵢ)) − ½·Σ firmnessⱼ·(θⱼ − meanⱼ)²` with `zᵢ = Σ xᵢⱼ·θⱼ`
///
/// from a start. The sum is concave, strictly so with a positive firmness, so there is one summit. Newton's method, which
/// here is iteratively reweighted least squares (Hastie, Tibshirani, Friedman: *The Elements of Statistical Learning*,
/// §4.4.1, with the ridge of §3.4.1), with steps halved until the sum grows. No chance is involved: the same input in the
/// same order gives the same bits.
pub(super) fn maximise(observations: &[Observation], priors: &[Prior], start: Vec<f64>) -> Vec<f64> {
    let mut at = start;
    let mut height = sum(observations, priors, &at);
    for _ in 0..STEPS {
        let (gradient, curvature) = slopes(observations, priors, &at);
        if gradient.iter().all(|slope| slope.abs() < FLAT) {
            break;
        }
        let step = solve(curvature, gradient);
        let mut share = 1.0;
        let mut next = None;
        for _ in 0..HALVINGS {
            let tried: Vec<f64> = at.iter().zip(&step).map(|(at, step)| at + share * step).collect();
            let reached = sum(observations, priors, &tried);
            if reached > height {
                next = Some((tried, reached));
                break;
            }
            share /= 2.0;
        }
        // No step goes up any more within the precision of the numbers.
        let Some((tried, reached)) = next else { break };
        (at, height) = (tried, reached);
    }
    at
}

/// `1 / (1 + e⁻ᶻ)`, without overflow.
pub(super) fn sigmoid(z: f64) -> f64 {
    if z >= 0.0 { 1.0 / (1.0 + (-z).exp()) } else { z.exp() / (1.0 + z.exp()) }
}

fn log_odds(observation: &Observation, at: &[f64]) -> f64 {
    observation.values.iter().map(|(j, x)| x * at[*j]).sum::<f64>()
}

fn sum(observations: &[Observation], priors: &[Prior], at: &[f64]) -> f64 {
    let likely = |observation: &Observation| {
        let z = log_odds(observation, at);
        let z = if observation.yes { z } else { -z };
        // log σ(z) = −log(1 + e⁻ᶻ), without overflow.
        if z >= 0.0 { -(-z).exp().ln_1p() } else { z - z.exp().ln_1p() }
    };
    let held = priors.iter().zip(at).map(|(prior, at)| prior.firmness * (at - prior.mean).powi(2)).sum::<f64>();
    observations.iter().map(likely).sum::<f64>() - held / 2.0
}

/// The gradient, and the curvature downwards: minus the Hessian.
fn slopes(observations: &[Observation], priors: &[Prior], at: &[f64]) -> (Vec<f64>, Vec<Vec<f64>>) {
    let mut gradient: Vec<f64> = priors.iter().zip(at).map(|(prior, at)| -prior.firmness * (at - prior.mean)).collect();
    let mut curvature = vec![vec![0.0; at.len()]; at.len()];
    for (j, prior) in priors.iter().enumerate() {
        curvature[j][j] = prior.firmness;
    }
    for observation in observations {
        let chance = sigmoid(log_odds(observation, at));
        let missed = f64::from(u8::from(observation.yes)) - chance;
        let weight = chance * (1.0 - chance);
        for (j, x) in &observation.values {
            gradient[*j] += missed * x;
            for (k, y) in &observation.values {
                curvature[*j][*k] += weight * x * y;
            }
        }
    }
    (gradient, curvature)
}

/// Solves `matrix · x = right` for a symmetric positive definite matrix, by Cholesky's decomposition.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let size = right.len();
    for j in 0..size {
        let pivot = (0..j).fold(matrix[j][j], |rest, k| rest - matrix[j][k] * matrix[j][k]).max(f64::MIN_POSITIVE).sqrt();
        matrix[j][j] = pivot;
        for i in j + 1..size {
            let rest = (0..j).fold(matrix[i][j], |rest, k| rest - matrix[i][k] * matrix[j][k]);
            matrix[i][j] = rest / pivot;
        }
    }
    for i in 0..size {
        right[i] = (0..i).fold(right[i], |rest, k| rest - matrix[i][k] * right[k]) / matrix[i][i];
    }
    for i in (0..size).rev() {
        right[i] = (i + 1..size).fold(right[i], |rest, k| rest - matrix[k][i] * right[k]) / matrix[i][i];
    }
    right
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_solved() {
        let matrix = vec![vec![4.0, 2.0, 0.5], vec![2.0, 3.0, 1.0], vec![0.5, 1.0, 2.0]];
        let known = [1.0, -2.0, 3.0];
        let right = matrix.iter().map(|row| row.iter().zip(known).map(|(a, x)| a * x).sum()).collect();
        let found = solve(matrix, right);
        assert!(found.iter().zip(known).all(|(a, b)| (a - b).abs() < 1e-12), "{found:?}");
    }

    #[test]
    fn an_intercept_alone_is_the_log_odds_of_the_share() {
        let observation = |yes| Observation { values: vec![(0, 1.0)], yes };
        let observations: Vec<Observation> = (0..40).map(|n| observation(n % 4 != 0)).collect();
        let found = maximise(&observations, &[Prior { mean: 0.0, firmness: 1e-9 }], vec![0.0]);
        assert!((found[0] - 3.0_f64.ln()).abs() < 1e-6, "{found:?}");
    }

    #[test]
    fn without_observations_the_expected_value_stands() {
        let found = maximise(&[], &[Prior { mean: 1.0, firmness: 25.0 }], vec![0.0]);
        assert!((found[0] - 1.0).abs() < 1e-9, "{found:?}");
    }
}
