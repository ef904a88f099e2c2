"""Scrapy over a whole site, no pauses: `scrapy_spider.py URL OUTPUT.jsonl`. Keeps URL, title and body size of each page."""

import sys

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.linkextractors import LinkExtractor
from scrapy.spiders import CrawlSpider, Rule


class Whole(CrawlSpider):
    name = "whole"
    rules = [Rule(LinkExtractor(), callback="parse_page", follow=True)]

    def parse_page(self, response):
        yield {"url": response.url, "title": response.css("title::text").get(), "bytes": len(response.body)}

    parse_start_url = parse_page


url, output = sys.argv[1:3]
process = CrawlerProcess(
    {
        "CONCURRENT_REQUESTS": 16,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
        "DOWNLOAD_DELAY": 0,
        "FEEDS": {output: {"format": "jsonlines"}},
        "LOG_LEVEL": "WARNING",
        "ROBOTSTXT_OBEY": True,
        "TELNETCONSOLE_ENABLED": False,
    }
)
process.crawl(Whole, start_urls=[url])
process.start()
