import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('figures', '0002_tables_of_cbs'),
        ('insights', '0001_initial'),
        ('regions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='EarlierObservation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(verbose_name='version')),
                ('kind', models.CharField(choices=[('interview', 'Interview'), ('session', 'Session'), ('report', 'Report'), ('figure', 'Figure'), ('quote', 'Quote')], max_length=10, verbose_name='kind')),
                ('heard_on', models.DateField(blank=True, null=True, verbose_name='heard or read on')),
                ('role', models.CharField(blank=True, choices=[('youth', 'Youth'), ('parent', 'Parent or family'), ('client_council', 'Client council'), ('municipal_access', 'Municipal access'), ('local_team', 'Local team'), ('gp', 'General practitioner'), ('school', 'School'), ('provider', 'Provider'), ('certified', 'Certified institution'), ('policy', 'Policy or purchasing'), ('researcher', 'Researcher'), ('other', 'Somebody else')], max_length=20, verbose_name='who said it')),
                ('text', models.TextField(blank=True, verbose_name='text')),
                ('replaced_at', models.DateTimeField(auto_now_add=True, verbose_name='replaced')),
            ],
            options={
                'verbose_name': 'earlier text of an observation',
                'verbose_name_plural': 'earlier texts of observations',
                'ordering': ['-version'],
            },
        ),
        migrations.CreateModel(
            name='Support',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(default=0)),
                ('added_at', models.DateTimeField(auto_now_add=True, verbose_name='added')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='taken off')),
            ],
            options={
                'verbose_name': 'support of an insight',
                'verbose_name_plural': 'supports of insights',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=80, verbose_name='word')),
                ('shipped', models.BooleanField(default=False)),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='entered')),
            ],
            options={
                'verbose_name': 'term',
                'verbose_name_plural': 'terms',
                'ordering': [django.db.models.functions.text.Lower('word')],
            },
        ),
        migrations.CreateModel(
            name='TermAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=80, verbose_name='other word')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='where it stands')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='entered')),
            ],
            options={
                'verbose_name': 'other word for a term',
                'verbose_name_plural': 'other words for terms',
                'ordering': [django.db.models.functions.text.Lower('word')],
            },
        ),
        migrations.CreateModel(
            name='TermMeaning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('party_nl', models.CharField(max_length=120, verbose_name='party, in Dutch')),
                ('party_en', models.CharField(blank=True, max_length=120, verbose_name='party, in English')),
                ('text_nl', models.TextField(verbose_name='meaning in Dutch')),
                ('text_en', models.TextField(blank=True, verbose_name='meaning in English')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='where it stands')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='entered')),
                ('replaced_at', models.DateTimeField(blank=True, null=True, verbose_name='replaced')),
            ],
            options={
                'verbose_name': 'meaning of a term',
                'verbose_name_plural': 'meanings of terms',
                'ordering': ['pk'],
            },
        ),
        migrations.AlterModelOptions(
            name='observation',
            options={'ordering': ['-entered_at', '-pk'], 'verbose_name': 'observation', 'verbose_name_plural': 'observations'},
        ),
        migrations.RemoveConstraint(
            model_name='consultation',
            name='a_consultation_once',
        ),
        migrations.RemoveConstraint(
            model_name='observation',
            name='an_observation_place_once',
        ),
        migrations.AddField(
            model_name='consultation',
            name='reason',
            field=models.TextField(blank=True, verbose_name='why they were asked'),
        ),
        migrations.AddField(
            model_name='consultation',
            name='recorded_at',
            field=models.DateTimeField(auto_now_add=True, null=True, verbose_name='recorded'),
        ),
        migrations.AddField(
            model_name='consultation',
            name='recorded_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='consultation',
            name='replaced_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='replaced'),
        ),
        migrations.AddField(
            model_name='insight',
            name='entered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='insight',
            name='entry_key',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='insight',
            name='is_own',
            field=models.BooleanField(default=False, verbose_name='made by the region itself'),
        ),
        migrations.AddField(
            model_name='insightrelation',
            name='entered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='observation',
            name='entered_at',
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name='entered'),
        ),
        migrations.AddField(
            model_name='observation',
            name='entered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='observation',
            name='entry_key',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='observation',
            name='heard_on',
            field=models.DateField(blank=True, null=True, verbose_name='heard or read on'),
        ),
        migrations.AddField(
            model_name='observation',
            name='kind',
            field=models.CharField(choices=[('interview', 'Interview'), ('session', 'Session'), ('report', 'Report'), ('figure', 'Figure'), ('quote', 'Quote')], default='interview', max_length=10, verbose_name='kind'),
        ),
        migrations.AddField(
            model_name='observation',
            name='region',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='observations', to='regions.region'),
        ),
        migrations.AddField(
            model_name='observation',
            name='role',
            field=models.CharField(blank=True, choices=[('youth', 'Youth'), ('parent', 'Parent or family'), ('client_council', 'Client council'), ('municipal_access', 'Municipal access'), ('local_team', 'Local team'), ('gp', 'General practitioner'), ('school', 'School'), ('provider', 'Provider'), ('certified', 'Certified institution'), ('policy', 'Policy or purchasing'), ('researcher', 'Researcher'), ('other', 'Somebody else')], max_length=20, verbose_name='who said it'),
        ),
        migrations.AddField(
            model_name='observation',
            name='shipped_key',
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddField(
            model_name='observation',
            name='version',
            field=models.PositiveIntegerField(default=1, verbose_name='version'),
        ),
        migrations.AlterField(
            model_name='consultation',
            name='place',
            field=models.CharField(blank=True, max_length=200, verbose_name='place in the source'),
        ),
        migrations.AlterField(
            model_name='consultation',
            name='source',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='figures.source'),
        ),
        migrations.AlterField(
            model_name='observation',
            name='text_en',
            field=models.TextField(blank=True, verbose_name='text in English'),
        ),
        migrations.AlterField(
            model_name='observation',
            name='text_nl',
            field=models.TextField(verbose_name='text in Dutch'),
        ),
        migrations.AddIndex(
            model_name='observation',
            index=models.Index(fields=['region', '-entered_at', '-id'], name='observations_newest_first'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('region', 'key'), name='a_consultation_once'),
        ),
        migrations.AddConstraint(
            model_name='insight',
            constraint=models.UniqueConstraint(condition=models.Q(('entry_key', ''), _negated=True), fields=('region', 'entry_key'), name='an_entered_insight_once'),
        ),
        migrations.AddConstraint(
            model_name='observation',
            constraint=models.UniqueConstraint(condition=models.Q(('shipped_key', ''), _negated=True), fields=('region', 'shipped_key'), name='a_shipped_observation_once'),
        ),
        migrations.AddConstraint(
            model_name='observation',
            constraint=models.UniqueConstraint(condition=models.Q(('entry_key', ''), _negated=True), fields=('region', 'entry_key'), name='an_entered_observation_once'),
        ),
        migrations.AddConstraint(
            model_name='observation',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['interview', 'session', 'report', 'figure', 'quote'])), name='observation_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='observation',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['', 'youth', 'parent', 'client_council', 'municipal_access', 'local_team', 'gp', 'school', 'provider', 'certified', 'policy', 'researcher', 'other'])), name='observation_role_is_known'),
        ),
        migrations.AddConstraint(
            model_name='observation',
            constraint=models.CheckConstraint(condition=models.Q(('text_nl', ''), _negated=True), name='observation_says_something'),
        ),
        migrations.AddField(
            model_name='earlierobservation',
            name='observation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='earlier', to='insights.observation'),
        ),
        migrations.AddField(
            model_name='earlierobservation',
            name='replaced_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='support',
            name='added_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='support',
            name='ended_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='support',
            name='insight',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supports', to='insights.insight'),
        ),
        migrations.AddField(
            model_name='support',
            name='observation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supports', to='insights.observation'),
        ),
        migrations.AddField(
            model_name='term',
            name='entered_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='term',
            name='region',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='regions.region'),
        ),
        migrations.AddField(
            model_name='termalias',
            name='entered_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='termalias',
            name='source',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='figures.source'),
        ),
        migrations.AddField(
            model_name='termalias',
            name='term',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='insights.term'),
        ),
        migrations.AddField(
            model_name='termmeaning',
            name='entered_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='termmeaning',
            name='source',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='figures.source'),
        ),
        migrations.AddField(
            model_name='termmeaning',
            name='term',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meanings', to='insights.term'),
        ),
        migrations.AddField(
            model_name='observation',
            name='words',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.SearchVector('text_nl', config='dutch'), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddConstraint(
            model_name='earlierobservation',
            constraint=models.UniqueConstraint(fields=('observation', 'version'), name='a_version_of_an_observation_once'),
        ),
        migrations.AddConstraint(
            model_name='support',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('observation', 'insight'), name='an_observation_supports_an_insight_once'),
        ),
        migrations.AddConstraint(
            model_name='support',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='support_ends_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='term',
            constraint=models.UniqueConstraint(models.F('region'), django.db.models.functions.text.Lower('word'), name='a_word_once_per_region'),
        ),
        migrations.AddConstraint(
            model_name='term',
            constraint=models.CheckConstraint(condition=models.Q(('word', ''), _negated=True), name='term_has_a_word'),
        ),
        migrations.AddConstraint(
            model_name='termalias',
            constraint=models.UniqueConstraint(models.F('term'), django.db.models.functions.text.Lower('word'), name='an_other_word_once_per_term'),
        ),
        migrations.AddConstraint(
            model_name='termalias',
            constraint=models.CheckConstraint(condition=models.Q(('word', ''), _negated=True), name='other_word_is_a_word'),
        ),
        migrations.AddConstraint(
            model_name='termmeaning',
            constraint=models.UniqueConstraint(models.F('term'), django.db.models.functions.text.Lower('party_nl'), condition=models.Q(('replaced_at__isnull', True)), name='a_party_means_one_thing_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='termmeaning',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('party_nl', ''), _negated=True), models.Q(('text_nl', ''), _negated=True)), name='meaning_is_said_of_somebody'),
        ),
    ]
