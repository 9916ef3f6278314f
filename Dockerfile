FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1
RUN useradd --system --create-home --home-dir /var/lib/kotak9 kotak9
WORKDIR /srv/kotak9
COPY pyproject.toml manage.py ./
COPY config/bootstrap.py config/__init__.py config/
# Only the packages first, so that a change of the product does not install them again.
RUN python -c "import tomllib; print('\n'.join(tomllib.load(open('pyproject.toml','rb'))['project']['dependencies']))" \
    > /tmp/packages && pip install -r /tmp/packages
COPY . .
ENV KOTAK9_HOME=/var/lib/kotak9
# The collected files belong to the image; no secret of production is needed to collect them.
RUN KOTAK9_HOME=/tmp/build python manage.py collectstatic --noinput \
    && mkdir -p /var/lib/kotak9 && mv /tmp/build/static /var/lib/kotak9/static && chown -R kotak9 /var/lib/kotak9
USER kotak9
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind=0.0.0.0:8000", "--workers=2", "--threads=4", "--max-requests=5000", "--access-logfile=-"]
