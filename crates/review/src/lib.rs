//! The web application where people decide. Not built yet: findings are proposed by `survey` and shown by `cli`.
