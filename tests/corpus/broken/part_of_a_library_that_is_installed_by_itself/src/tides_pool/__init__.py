from tides_pool.pool import Pool as Pool
